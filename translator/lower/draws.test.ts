import { describe, expect, test } from "vitest";
import { Draws } from "./draws.ts";

describe("drawn values", () => {
  test("that are used once stand where their mark stood", () => {
    const draws = new Draws();
    const mark = draws.draw("a", () => "random()");
    expect(draws.resolve(`(${mark} + 1)`)).toBe("(random() + 1)");
  });

  test("that are used several times become a lambda's parameter", () => {
    const draws = new Draws();
    const mark = draws.draw("a", () => "random()");
    expect(draws.resolve(`(${mark} + ${mark})`)).toBe(
      "list_transform([random()], lambda draw0_: (draw0_ + draw0_))[1]",
    );
  });

  test("of one name are lowered once and have one mark", () => {
    const draws = new Draws();
    let count = 0;
    const lower = () => `nextval('s${++count}')`;
    expect(draws.draw("a", lower)).toBe(draws.draw("a", lower));
    expect(draws.draw("b", lower)).not.toBe(draws.draw("a", lower));
    expect(count).toBe(2);
  });

  test("may take others, which are bound outside of them", () => {
    const draws = new Draws();
    const outer = draws.draw("f", () => `f(${draws.draw("a", () => "a()")})`);
    const inner = draws.draw("a", () => "never");
    expect(draws.resolve(`${outer} = ${outer} AND ${inner} > 0`)).toBe(
      "list_transform([a()], lambda draw0_: list_transform([f(draw0_)], lambda draw1_: draw1_ = draw1_ AND draw0_ > 0)[1])[1]",
    );
  });

  test("leave queries and aggregates outside of the lambda", () => {
    const draws = new Draws();
    const mark = draws.draw("a", () => "a()");
    const query = draws.keepOutside(() => "(SELECT 1)");
    expect(draws.resolve(`${mark} + ${mark} + ${query}`)).toBe(
      "list_transform([(SELECT 1)], lambda draw1_: list_transform([a()], lambda draw0_: draw0_ + draw0_ + draw1_)[1])[1]",
    );
  });

  test("leave a query in its place when nothing is used twice", () => {
    const draws = new Draws();
    const mark = draws.draw("a", () => "a()");
    const query = draws.keepOutside(() => "(SELECT 1)");
    expect(draws.resolve(`${mark} + ${query}`)).toBe("a() + (SELECT 1)");
  });
});
