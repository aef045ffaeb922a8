// gosnowflake against mockhaus: what a Go program does with database/sql and the driver's own extensions.
package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"math/big"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/snowflakedb/gosnowflake"
)

var passed, failed int

// check runs one check: it passes when it returns no error.
func check(name string, work func() error) {
	defer func() {
		if problem := recover(); problem != nil {
			failed++
			fmt.Printf("FAILED %s\n  panic: %v\n", name, problem)
		}
	}()
	if err := work(); err != nil {
		failed++
		fmt.Printf("FAILED %s\n  %v\n", name, err)
		return
	}
	passed++
}

func equal(got, want any) error {
	if reflect.DeepEqual(got, want) {
		return nil
	}
	return fmt.Errorf("got %v (%T), want %v (%T)", got, got, want, want)
}

func main() {
	// The driver logs every failed statement; here the checks say what failed.
	gosnowflake.GetLogger().SetOutput(io.Discard)
	db, err := sql.Open("snowflake", os.Args[1])
	if err != nil {
		fmt.Println("FAILED open", err)
		os.Exit(1)
	}
	db.SetMaxOpenConns(1)
	ctx := context.Background()
	for _, statement := range []string{"create or replace database go_client", "create table t (id int, name varchar, at timestamp_ntz)"} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			fmt.Println("FAILED", statement, err)
			os.Exit(1)
		}
	}
	checkTypes(ctx, db)
	checkStatements(ctx, db)
	checkStages(ctx, db)
	checkErrors(ctx, db)
	checkResults(ctx, db)
	checkBinds(ctx, db)
	checkQueries(ctx, db)
	checkLogins(ctx, os.Args[2])
	checkRenewal(ctx, os.Args[3])
	check("close", db.Close)
	fmt.Printf("%d passed, %d failed, 0 skipped\n", passed, failed)
	if failed > 0 {
		os.Exit(1)
	}
}

func checkTypes(ctx context.Context, db *sql.DB) {
	check("values of every type", func() error {
		row := db.QueryRowContext(ctx, `select 42, 1.50::number(10,2), 2.5::float, 'text', true, '2024-02-29'::date,
			'2024-02-29 12:34:56.789'::timestamp_ntz, x'0aff', parse_json('{"a":[1,null]}'), null`)
		var whole int64
		var decimal, real float64
		var text, document string
		var truth bool
		var date, stamp time.Time
		var bytes []byte
		var missing sql.NullString
		if err := row.Scan(&whole, &decimal, &real, &text, &truth, &date, &stamp, &bytes, &document, &missing); err != nil {
			return err
		}
		got := fmt.Sprintln(whole, decimal, real, text, truth, date.Format("2006-01-02"),
			stamp.Format("2006-01-02 15:04:05.000"), bytes, strings.Join(strings.Fields(document), ""), missing.Valid)
		return equal(strings.TrimSpace(got), "42 1.5 2.5 text true 2024-02-29 2024-02-29 12:34:56.789 [10 255] {\"a\":[1,null]} false")
	})
	check("a timestamp with its own offset", func() error {
		var at time.Time
		if err := db.QueryRowContext(ctx, "select '2024-02-29 12:00:00 +0530'::timestamp_tz").Scan(&at); err != nil {
			return err
		}
		return equal(at.Format(time.RFC3339), "2024-02-29T12:00:00+05:30")
	})
	check("column types", func() error {
		rows, err := db.QueryContext(ctx, "select 1::number(12,3) as n, 'a'::varchar(7) as v, current_date() as d from t")
		if err != nil {
			return err
		}
		defer rows.Close()
		types, err := rows.ColumnTypes()
		if err != nil {
			return err
		}
		precision, scale, _ := types[0].DecimalSize()
		length, _ := types[1].Length()
		got := fmt.Sprint(types[0].Name(), types[0].DatabaseTypeName(), precision, scale, types[1].DatabaseTypeName(), length, types[2].DatabaseTypeName())
		return equal(got, "NFIXED12 3TEXT7DATE")
	})
	check("a number that no int64 holds, exactly", func() error {
		rows, err := db.QueryContext(gosnowflake.WithHigherPrecision(ctx), "select 12345678901234567890123456789012345678")
		if err != nil {
			return err
		}
		defer rows.Close()
		rows.Next()
		var value any
		if err := rows.Scan(&value); err != nil {
			return err
		}
		got, isBig := value.(big.Int)
		if !isBig {
			return fmt.Errorf("got %v (%T)", value, value)
		}
		return equal(got.String(), "12345678901234567890123456789012345678")
	})
}

func checkStatements(ctx context.Context, db *sql.DB) {
	at := time.Date(2024, 2, 29, 12, 34, 56, 789000000, time.UTC)
	check("positional binds and affected rows", func() error {
		result, err := db.ExecContext(ctx, "insert into t values (?, ?, ?), (?, ?, ?)", 1, "one", at, 2, sql.NullString{}, at)
		if err != nil {
			return err
		}
		count, err := result.RowsAffected()
		if err != nil {
			return err
		}
		return equal(count, int64(2))
	})
	check("a bind in a query", func() error {
		var name string
		var back time.Time
		if err := db.QueryRowContext(ctx, "select name, at from t where id = ?", 1).Scan(&name, &back); err != nil {
			return err
		}
		return equal(fmt.Sprint(name, back.UTC()), fmt.Sprint("one", at))
	})
	check("binary and boolean binds", func() error {
		var bytes []byte
		var truth bool
		row := db.QueryRowContext(ctx, "select ?, ?", gosnowflake.DataTypeBinary, []byte{1, 2}, true)
		if err := row.Scan(&bytes, &truth); err != nil {
			return err
		}
		return equal(fmt.Sprint(bytes, truth), "[1 2] true")
	})
	check("array binds", func() error {
		ids := []int{10, 11, 12}
		names := []string{"a", "b", "c"}
		result, err := db.ExecContext(ctx, "insert into t (id, name) values (?, ?)", gosnowflake.Array(&ids), gosnowflake.Array(&names))
		if err != nil {
			return err
		}
		count, _ := result.RowsAffected()
		var sum int
		if err := db.QueryRowContext(ctx, "select sum(id) from t where id >= 10").Scan(&sum); err != nil {
			return err
		}
		return equal(fmt.Sprint(count, sum), "3 33")
	})
	check("a transaction rolled back, and one committed", func() error {
		for _, commit := range []bool{false, true} {
			tx, err := db.BeginTx(ctx, nil)
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, "delete from t where id = 12"); err != nil {
				return err
			}
			end := tx.Rollback
			if commit {
				end = tx.Commit
			}
			if err := end(); err != nil {
				return err
			}
			var count int
			if err := db.QueryRowContext(ctx, "select count(*) from t where id = 12").Scan(&count); err != nil {
				return err
			}
			if commit != (count == 0) {
				return fmt.Errorf("commit %v left %d rows", commit, count)
			}
		}
		return nil
	})
	check("several statements in one", func() error {
		multi, err := gosnowflake.WithMultiStatement(ctx, 3)
		if err != nil {
			return err
		}
		rows, err := db.QueryContext(multi, "select 1; select 'two'; select 3.5")
		if err != nil {
			return err
		}
		defer rows.Close()
		var got []string
		for more := true; more; more = rows.NextResultSet() {
			for rows.Next() {
				var value string
				if err := rows.Scan(&value); err != nil {
					return err
				}
				got = append(got, value)
			}
		}
		return equal(strings.Join(got, ","), "1,two,3.5")
	})
	check("several DML statements in one", func() error {
		multi, err := gosnowflake.WithMultiStatement(ctx, 2)
		if err != nil {
			return err
		}
		result, err := db.ExecContext(multi, "insert into t (id) values (100); delete from t where id = 100")
		if err != nil {
			return err
		}
		count, err := result.RowsAffected()
		if err != nil {
			return err
		}
		return equal(count, int64(2))
	})
	check("a prepared statement", func() error {
		prepared, err := db.PrepareContext(ctx, "select ? + 1")
		if err != nil {
			return err
		}
		defer prepared.Close()
		var sum int
		for _, value := range []int{1, 41} {
			if err := prepared.QueryRowContext(ctx, value).Scan(&sum); err != nil {
				return err
			}
		}
		return equal(sum, 42)
	})
	check("a query id", func() error {
		ids := make(chan string, 1)
		rows, err := db.QueryContext(gosnowflake.WithQueryIDChan(ctx, ids), "select 1")
		if err != nil {
			return err
		}
		defer rows.Close()
		return equal(len(<-ids), 36)
	})
	check("an asynchronous query", func() error {
		rows, err := db.QueryContext(gosnowflake.WithAsyncMode(ctx), "select count(*) from table(generator(rowcount => 1000))")
		if err != nil {
			return err
		}
		defer rows.Close()
		var count int
		if !rows.Next() {
			return errors.Join(errors.New("no row"), rows.Err())
		}
		if err := rows.Scan(&count); err != nil {
			return err
		}
		return equal(count, 1000)
	})
}

func checkErrors(ctx context.Context, db *sql.DB) {
	cases := []struct {
		text, state string
		number      int
	}{
		{"select * from missing", "42S02", 2003},
		{"selec 1", "42000", 1003},
		{"select 1/0", "22012", 100051},
		{"select 'x'::int", "22018", 100038},
	}
	for _, c := range cases {
		check("the error of "+c.text, func() error {
			_, err := db.ExecContext(ctx, c.text)
			var known *gosnowflake.SnowflakeError
			if !errors.As(err, &known) {
				return fmt.Errorf("no SnowflakeError: %v", err)
			}
			return equal(fmt.Sprint(known.Number, known.SQLState, known.QueryID != ""), fmt.Sprint(c.number, c.state, true))
		})
	}
	check("a cancelled context interrupts the statement", func() error {
		short, stop := context.WithTimeout(ctx, 500*time.Millisecond)
		defer stop()
		_, err := db.ExecContext(short, "select count(*) from table(generator(rowcount => 100000000)) a, table(generator(rowcount => 100000)) b")
		if err == nil {
			return errors.New("no error")
		}
		var one int
		if err := db.QueryRowContext(ctx, "select 1").Scan(&one); err != nil {
			return err
		}
		return equal(one, 1)
	})
}

func checkResults(ctx context.Context, db *sql.DB) {
	const count = 200_000
	check("a result in chunks", func() error {
		rows, err := db.QueryContext(ctx, fmt.Sprintf("select seq4() as n, 'row ' || n as t from table(generator(rowcount => %d))", count))
		if err != nil {
			return err
		}
		defer rows.Close()
		var seen, sum int
		for rows.Next() {
			var n int
			var text string
			if err := rows.Scan(&n, &text); err != nil {
				return err
			}
			if text != fmt.Sprint("row ", n) {
				return fmt.Errorf("row %d has %q", n, text)
			}
			seen++
			sum += n
		}
		return errors.Join(rows.Err(), equal(fmt.Sprint(seen, sum), fmt.Sprint(count, count*(count-1)/2)))
	})
	check("SHOW and DESCRIBE", func() error {
		rows, err := db.QueryContext(ctx, "show terse tables like 'T'")
		if err != nil {
			return err
		}
		defer rows.Close()
		names, err := rows.Columns()
		if err != nil {
			return err
		}
		return equal(strings.Join(names, " "), "created_on name kind database_name schema_name")
	})
	check("the driver's own row interface", func() error {
		conn, err := db.Conn(ctx)
		if err != nil {
			return err
		}
		defer conn.Close()
		return conn.Raw(func(raw any) error {
			rows, err := raw.(driver.QueryerContext).QueryContext(ctx, "select 7 as a", nil)
			if err != nil {
				return err
			}
			defer rows.Close()
			values := make([]driver.Value, 1)
			if err := rows.Next(values); err != nil {
				return err
			}
			return equal(fmt.Sprint(values[0]), "7")
		})
	})
}
