import type { LookupAddress } from "node:dns";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyAddress, isPublicAddress, publicAddresses } from "../../../server/model-servers/addresses.ts";

const PUBLIC = [
  "1.1.1.1",
  "8.8.8.8",
  "100.63.255.255",
  "100.128.0.1",
  "172.15.0.1",
  "172.32.0.1",
  "2606:4700::1111",
];
const NOT_PUBLIC = [
  ...["0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255"],
  ...["127.0.0.1", "127.255.255.254", "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255"],
  ...["192.0.0.192", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1"],
  ...["239.255.255.255", "240.0.0.1", "255.255.255.255"],
  ...["::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::a00:1"],
  ...["100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1"],
  ...["fe80::1%eth0", "fec0::1", "ff02::1", "localhost", "", "1.1.1", "0x7f.1"],
];

describe("isPublicAddress", () => {
  it.each(PUBLIC)("takes %s", (address) => expect(isPublicAddress(address)).toBe(true));
  it.each(NOT_PUBLIC)("refuses %s", (address) => expect(isPublicAddress(address)).toBe(false));

  it("refuses every IPv4 address that is written as one of IPv6", () => {
    fc.assert(fc.property(fc.ipV4(), (address) => !isPublicAddress(`::ffff:${address}`)));
  });
});

describe("publicAddresses", () => {
  const strict = publicAddresses([]);

  it.each([
    "https://127.1/v1",
    "https://2130706433/v1",
    "https://0x7f000001/v1",
    "https://0177.0.0.1/v1",
    "https://127.0.0.1./v1",
    "https://[::1]/v1",
    "https://[::ffff:7f00:1]/v1",
    "https://[::ffff:10.0.0.1]/v1",
    "https://１２７.０.０.１/v1",
    "https://169.254.169.254/latest",
    "http://api.example.com/v1",
    "http://8.8.8.8/v1",
    "https://user:pass@api.example.com/v1",
    "ftp://api.example.com/v1",
    "file:///etc/passwd",
  ])("refuses %s before anything is sent", (text) => {
    expect(() => strict.assertAllowed(new URL(text))).toThrow(
      expect.objectContaining({ name: "AddressNotAllowed" }),
    );
  });

  it("never writes down the credentials of an address", () => {
    for (const addresses of [strict, anyAddress])
      expect(() => addresses.assertAllowed(new URL("https://user:hunter2@10.0.0.1/v1"))).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining("hunter2") as string }),
      );
  });

  it("takes public addresses over https", () => {
    expect(() => strict.assertAllowed(new URL("https://api.example.com/v1"))).not.toThrow();
    expect(() => strict.assertAllowed(new URL("https://8.8.8.8/v1"))).not.toThrow();
  });

  it("takes exactly the host and port that an operator lists, over http too", () => {
    const listed = publicAddresses(["127.0.0.1:8080", "models.lan:443", "[::1]:9000"]);
    for (const text of [
      "http://127.0.0.1:8080/v1",
      "http://127.1:8080",
      "https://models.lan/v1",
      "http://[::1]:9000",
    ]) {
      expect(() => listed.assertAllowed(new URL(text))).not.toThrow();
      expect(listed.lookupFor(new URL(text))).toBeUndefined();
    }
    for (const text of ["http://127.0.0.1:8081/v1", "http://127.0.0.2:8080/v1", "http://models.lan/v1"])
      expect(() => listed.assertAllowed(new URL(text))).toThrow(/allow exactly/);
  });

  it.each(["10.0.0.5", "10.0.0.5:", "http://10.0.0.5:80", "10.0.0.5:80/v1", "10.0.0.5:99999", "a@b:80", ""])(
    "refuses the entry “%s”",
    (entry) => expect(() => publicAddresses([entry])).toThrow(/is not a host and a port/),
  );

  it("lets whoever types the address call anything over http or https", () => {
    expect(() => anyAddress.assertAllowed(new URL("http://127.0.0.1:8080"))).not.toThrow();
    expect(() => anyAddress.assertAllowed(new URL("file:///etc/passwd"))).toThrow(/https or http/);
  });
});

describe("the lookup of a connection", () => {
  const ask = (found: LookupAddress[], all: boolean) =>
    new Promise<unknown>((resolve) => {
      const lookup = publicAddresses([], (_, done) => done(null, found)).lookupFor(
        new URL("https://models.example"),
      );
      lookup!("models.example", { all }, (error, address, family) => resolve(error ?? [address, family]));
    });

  it("hands on public answers, one or all as it is asked", async () => {
    const found = [{ address: "1.1.1.1", family: 4 }];
    expect(await ask(found, false)).toEqual(["1.1.1.1", 4]);
    expect(await ask(found, true)).toEqual([found, undefined]);
  });

  it.each(["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fd00::1"])(
    "refuses a name that leads to %s, even among public answers",
    async (address) => {
      const found = [
        { address: "1.1.1.1", family: 4 },
        { address, family: address.includes(":") ? 6 : 4 },
      ];
      for (const all of [true, false])
        expect(await ask(found, all)).toMatchObject({ name: "CallFailed", kind: "not allowed" });
    },
  );

  it("fails where a name stands for nothing", async () => {
    expect(await ask([], true)).toBeInstanceOf(Error);
  });
});
