package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/snowflakedb/gosnowflake"
)

// column reads one column of every row as text.
func column(ctx context.Context, db *sql.DB, text string, index int) ([]string, error) {
	rows, err := db.QueryContext(ctx, text)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var values []string
	for rows.Next() {
		cells := make([]sql.NullString, len(names))
		targets := make([]any, len(names))
		for i := range cells {
			targets[i] = &cells[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return nil, err
		}
		values = append(values, cells[index].String)
	}
	return values, rows.Err()
}

// checkStages moves files and streams, binds rows by a stage, and reads structured values.
func checkStages(ctx context.Context, db *sql.DB) {
	folder, err := os.MkdirTemp("", "go-client")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	check("files put by a pattern, and got", func() error {
		for name, text := range map[string]string{"a.csv": "1,one\n", "b.csv": "2,two\n"} {
			if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
				return err
			}
		}
		if _, err := db.ExecContext(ctx, "create or replace stage files"); err != nil {
			return err
		}
		put := "put 'file://" + filepath.ToSlash(folder) + "/*.csv' @files/in auto_compress=false"
		if _, err := column(ctx, db, put, 0); err != nil {
			return err
		}
		names, err := column(ctx, db, "list @files", 0)
		if err != nil {
			return err
		}
		back := filepath.Join(folder, "back")
		if err := os.Mkdir(back, 0o700); err != nil {
			return err
		}
		if _, err := column(ctx, db, "get @files/in 'file://"+filepath.ToSlash(back)+"'", 0); err != nil {
			return err
		}
		text, err := os.ReadFile(filepath.Join(back, "b.csv"))
		return errors.Join(err, equal(fmt.Sprint(names, string(text)), "[files/in/a.csv files/in/b.csv]2,two\n"))
	})
	check("a stream put and got", func() error {
		put := gosnowflake.WithFileStream(ctx, strings.NewReader("3,three\n"))
		if _, err := column(put, db, "put file://s.csv @files/s auto_compress=false", 0); err != nil {
			return err
		}
		var text bytes.Buffer
		options := &gosnowflake.SnowflakeFileTransferOptions{GetFileToStream: true}
		get := gosnowflake.WithFileTransferOptions(gosnowflake.WithFileGetStream(ctx, &text), options)
		if _, err := column(get, db, "get @files/s/s.csv file:///tmp", 0); err != nil {
			return err
		}
		return equal(text.String(), "3,three\n")
	})
	for _, threshold := range []int{0, 4} {
		check(fmt.Sprintf("array binds, by stage from %d values on", threshold), func() error {
			for _, text := range []string{
				fmt.Sprintf("alter session set client_stage_array_binding_threshold = %d", threshold),
				"create or replace table batch (i int, v varchar, b binary)",
			} {
				if _, err := db.ExecContext(ctx, text); err != nil {
					return err
				}
			}
			ids, names, bytes := []int{1, 2, 3}, []string{"a", "b \"c\", d", "e"}, [][]byte{{255}, {1, 2}, {3}}
			insert := "insert into batch values (?, ?, ?)"
			_, err := db.ExecContext(ctx, insert, gosnowflake.Array(&ids), gosnowflake.Array(&names), gosnowflake.Array(&bytes))
			if err != nil {
				return err
			}
			got, err := column(ctx, db, "select i || v || to_varchar(b) from batch order by i", 0)
			return errors.Join(err, equal(got, []string{"1aFF", "2b \"c\", d0102", "3e03"}))
		})
	}
	check("array binds are for INSERT VALUES", func() error {
		ids := []int{1, 2}
		_, err := db.ExecContext(ctx, "update batch set v = 'x' where i = ?", gosnowflake.Array(&ids))
		var known *gosnowflake.SnowflakeError
		if !errors.As(err, &known) {
			return fmt.Errorf("no SnowflakeError: %v", err)
		}
		return equal(known.Number, 2049)
	})
	for _, native := range []bool{false, true} {
		check(fmt.Sprintf("structured values, as such: %v", native), func() error {
			own := ctx
			if native {
				own = gosnowflake.WithStructuredTypesEnabled(ctx)
			}
			var list, pairs any
			row := db.QueryRowContext(own, "select [1, 2]::array(int), {'k': 1}::map(varchar, int)")
			if err := row.Scan(&list, &pairs); err != nil {
				return err
			}
			if native {
				return equal(fmt.Sprint(list, pairs), "[1 2] map[k:1]")
			}
			got := strings.Join(strings.Fields(fmt.Sprint(list, pairs)), "")
			return equal(got, `[1,2]{"k":1}`)
		})
	}
}
