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

  it("take a public address with a path, and nothing else behind the host", () => {
    for (const [given, kept] of [
      ["https://study.example.org", "https://study.example.org"],
      ["https://Study.example.org/", "https://study.example.org"],
      ["http://example.org:8081/labs/haiku_1/", "http://example.org:8081/labs/haiku_1"],
    ] as const) {
      expect(readConfig({ publicUrl: given }, {}).publicUrl).toBe(kept);
    }
    for (const wrong of [
      "example.org",
      "ftp://example.org",
      "https://a.org/?x",
      "https://a.org/#x",
      'https://a.org/"',
      "https://a.org/a b",
      "https://a.org//b",
    ]) {
      expect(() => readConfig({}, { PUBLIC_URL: wrong }), wrong).toThrow(ConfigWrong);
    }
  });

  it("drain for whole seconds, and for none by default", () => {
    expect(readConfig({}, { DRAIN_SECONDS: "" }).drainSeconds).toBe(0);
    expect(readConfig({ drain: "5" }, { DRAIN_SECONDS: "9" }).drainSeconds).toBe(5);
    for (const wrong of ["-1", "1.5", "5s", "1000"])
      expect(() => readConfig({ drain: wrong }, {}), wrong).toThrow(/--drain/);
  });

  it("take an OpenID provider that is whole, on https or this machine, with one secret at most", () => {
    const given = { oidcIssuer: "https://id.example.org/realm", oidcClientId: "tiebreak" };
    const read = {
      issuer: given.oidcIssuer,
      clientId: "tiebreak",
      clientSecret: null,
      clientSecretFile: null,
    };
    expect(readConfig({}, {}).openId).toBeNull();
    expect(readConfig(given, {}).openId).toEqual({ ...read, name: "id.example.org" });
    const env = {
      OIDC_ISSUER: given.oidcIssuer,
      OIDC_CLIENT_ID: "x",
      OIDC_CLIENT_SECRET: "s",
      OIDC_NAME: "Uni",
    };
    expect(readConfig({ oidcClientId: "tiebreak" }, env).openId).toEqual({
      ...{ ...read, clientSecret: "s", name: "Uni" },
    });
    expect(readConfig({ ...given, oidcIssuer: "http://localhost:9" }, {}).openId?.name).toBe("localhost:9");
    for (const issuer of [
      "http://id.example.org",
      "id.example.org",
      "https://a@id.example.org",
      "https://a.org/?x",
    ])
      expect(() => readConfig({ ...given, oidcIssuer: issuer }, {}), issuer).toThrow(/--oidc-issuer/);
    expect(() => readConfig({ oidcClientId: "x" }, {})).toThrow(/belong together/);
    expect(() => readConfig({ ...given, oidcClientSecretFile: "f" }, env)).toThrow(/one of the two/);
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
