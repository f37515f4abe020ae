import { expect, test } from "vitest";
import { ActiveTime } from "../../../client/outbox/active-time.ts";

test("counts from the start", () => {
  expect(new ActiveTime(1000).read(1500)).toBe(500);
});

test("counts a pause up to a minute", () => {
  const time = new ActiveTime(0);
  time.sign(10_000);
  expect(time.read(3_600_000)).toBe(70_000);
  time.sign(3_600_000);
  expect(time.read(3_605_000)).toBe(75_000);
});

test("counts nothing while the page cannot be seen", () => {
  const time = new ActiveTime(0);
  time.hide(2_000);
  expect(time.read(50_000)).toBe(2_000);
  time.sign(50_000);
  expect(time.read(51_000)).toBe(3_000);
});

test("does not begin before the page can be seen", () => {
  const time = new ActiveTime(null);
  expect(time.read(9_000)).toBe(0);
});

test("is a whole number, and never falls when a clock does", () => {
  const time = new ActiveTime(100.4);
  expect(time.read(200.1)).toBe(100);
  expect(time.read(50)).toBe(0);
});
