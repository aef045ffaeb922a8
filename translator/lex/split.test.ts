import { describe, expect, it } from "vitest";
import { splitStatements } from "./split.ts";

/** Each case: a text, and how many statements it holds. */
const COUNTS: readonly (readonly [string, number])[] = [
  ["", 0],
  [" ; ;; -- nothing\n", 0],
  ["select 1", 1],
  ["select 1;", 1],
  ["select 1; select 2", 2],
  ["select ';'; select \"a;b\"; select $$;$$ /* ; */ -- ;\n; select 4", 4],
  ["begin; insert into t values (1); commit;", 3],
  ["begin transaction; select 1; commit", 3],
  ["begin work; rollback work", 2],
  ["begin select 1; select 2; end; select 3", 2],
  ["declare x int default 1; begin return x; end; select 1", 2],
  ["begin if (a) then select 1; elseif (b) then select 2; else select 3; end if; end; select 1", 2],
  ["begin let x := case when a then 1 else 2 end; return x; end; select 1", 2],
  ["begin case (x) when 1 then select 1; else select 2; end case; end; select 1", 2],
  ["begin for i in 1 to 3 do select 1; end for; while (x) do y := 1; end while; end; select 1", 2],
  ["begin for i in 1 to 3 loop select 1; end loop; loop break; end loop; end; select 1", 2],
  ["begin repeat x := repeat('a', 2); until (x = 'aa') end repeat; end; select 1", 2],
  ["begin begin select 1; exception when other then select 2; end; end; select 1", 2],
  ["begin begin transaction; insert into t values (1); commit; end; select 1", 2],
  ["begin let c cursor for select t.end from t where t.end = v:case; open c; end; select 1", 2],
  ["create procedure p() returns int language sql as begin return 1; end; call p()", 2],
  ["create procedure p() returns int as declare x int; begin return x; end; call p()", 2],
  ["create or replace task t schedule = '1 minute' as begin select 1; select 2; end; select 1", 2],
  ["with p as procedure () returns int as begin return 1; end call p(); select 1", 2],
  ["create function f() returns int as $$ select 1; $$; select f()", 2],
  ["create view v as select 1 as begin; select 1", 2],
  ["put file:///tmp/a.csv @~; list @~/a--b; ls @%t", 3],
  ["show tables ->> select * from $1; select 2", 2],
];

describe("splitStatements", () => {
  it.each(COUNTS)("%s", (text, count) => {
    const pieces = splitStatements(text);
    expect(pieces).toHaveLength(count);
    for (const piece of pieces) expect(text.slice(piece.start, piece.end)).toBe(piece.text);
  });

  it("keeps comments with the statement that follows them", () => {
    const pieces = splitStatements("-- one\nselect 1;\n /* two */ select 2 ;");
    expect(pieces.map((piece) => piece.text)).toEqual(["-- one\nselect 1", "/* two */ select 2"]);
  });
});
