import { describe, expect, it } from "vitest";
import { ConfigWrong, readConfig } from "../../server/config.ts";

describe("the settings", () => {
  it("take an empty variable for one that is not set", () => {
    const env = { DATABASE_URL: "", PORT: "", PUBLIC_URL: "", TRUST_PROXY: "" };
    expect(readConfig({}, env)).toEqual(readConfig({}, {}));
    expect(readConfig({}, env)).toMatchObject({ databaseUrl: "data/tiebreak.db", port: 8080 });
  });

  it("know whether somebody named the port, be it the default one", () => {
    expect(readConfig({}, {}).isPortSaid).toBe(false);
    expect(readConfig({}, { PORT: "8080" }).isPortSaid).toBe(true);
    expect(readConfig({ port: "8080" }, {}).isPortSaid).toBe(true);
  });

  it("trust no proxy unless it is named by its address or network", () => {
    expect(readConfig({}, {}).trustedProxies).toEqual([]);
    const named = readConfig({ trustProxy: "10.0.0.5, 10.1.0.0/16,loopback,fd00::/8" }, {});
    expect(named.trustedProxies).toEqual(["10.0.0.5", "10.1.0.0/16", "loopback", "fd00::/8"]);
    expect(readConfig({}, { TRUST_PROXY: "10.0.0.5" }).trustedProxies).toEqual(["10.0.0.5"]);
    for (const wrong of ["true", "1", "*", "10.0.0.0/33", "proxy.example.org", "10.0.0.0/8/8"]) {
      expect(() => readConfig({ trustProxy: wrong }, {}), wrong).toThrow(ConfigWrong);
    }
  });
});
