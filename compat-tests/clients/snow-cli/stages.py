"""Stages and their files."""

from checks import check, equal


def run(snow, folder):
    stage = "cli_db.public.files"

    @check("snow stage create, copy from here, list-files")
    def _():
        snow.text("stage", "create", stage)
        (folder / "rows.csv").write_text("1,x\n2,y\n", encoding="utf-8", newline="\n")
        (copied,) = snow.json("stage", "copy", folder / "rows.csv", f"@{stage}/in")
        equal((copied["source"], copied["status"]), ("rows.csv", "UPLOADED"))
        listed = snow.json("stage", "list-files", f"@{stage}")
        equal([(item["name"], item["size"]) for item in listed], [("files/in/rows.csv", 8)])

    @check("snow stage execute")
    def _():
        text = "create table cli_db.public.loaded (n int, t text);\n"
        text += f"copy into cli_db.public.loaded from @{stage}/in;\n"
        (folder / "load.sql").write_text(text, encoding="utf-8")
        snow.text("stage", "copy", folder / "load.sql", f"@{stage}/sql")
        (ran,) = snow.json("stage", "execute", f"@{stage}/sql/load.sql")
        equal(ran["Status"], "SUCCESS", ran)
        rows = snow.json("sql", "-q", "select n, t from cli_db.public.loaded order by n")
        equal(rows, [{"N": 1, "T": "x"}, {"N": 2, "T": "y"}])

    @check("snow stage copy to here")
    def _():
        there = folder / "there"
        there.mkdir()
        snow.text("stage", "copy", f"@{stage}/in", there)
        equal((there / "rows.csv").read_text(encoding="utf-8"), "1,x\n2,y\n")

    @check("snow stage remove, drop")
    def _():
        snow.text("stage", "remove", stage, "in/rows.csv")
        listed = snow.json("stage", "list-files", f"@{stage}")
        equal([item["name"] for item in listed], ["files/sql/load.sql"])
        snow.text("stage", "drop", stage)
        found = snow.json("stage", "list", "--like", "FILES", "--in", "database", "cli_db")
        equal(found, [])
