package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/snowflakedb/gosnowflake"
)

// cells reads the only row of a query as text.
func cells(ctx context.Context, db *sql.DB, text string, args ...any) (string, error) {
	rows, err := db.QueryContext(ctx, text, args...)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return "", err
	}
	values, targets := make([]sql.NullString, len(names)), make([]any, len(names))
	for i := range values {
		targets[i] = &values[i]
	}
	if !rows.Next() {
		return "", errors.Join(errors.New("no row"), rows.Err())
	}
	if err := rows.Scan(targets...); err != nil {
		return "", err
	}
	var shown []string
	for _, value := range values {
		shown = append(shown, value.String)
	}
	return strings.Join(shown, " | "), nil
}

// number is the code of an error of the server.
func number(err error) int {
	var known *gosnowflake.SnowflakeError
	if errors.As(err, &known) {
		return known.Number
	}
	return 0
}

// checkLogins opens connections in several ways. The address has no user, database or parameters.
func checkLogins(ctx context.Context, address string) {
	asked := func(dsn, text string) (string, error) {
		db, err := sql.Open("snowflake", dsn)
		if err != nil {
			return "", err
		}
		defer db.Close()
		return cells(ctx, db, text)
	}
	const tail = "account=mockhaus&protocol=http"
	check("names and parameters of a DSN", func() error {
		dsn := "me:any@" + address + "/go_client/public?" + tail + "&role=sysadmin&TIMEZONE=Asia%2FTokyo"
		got, err := asked(dsn, "select current_database(), current_schema(), current_role(), to_timestamp_ntz(to_timestamp_ltz(0))::varchar")
		return errors.Join(err, equal(got, "GO_CLIENT | PUBLIC | SYSADMIN | 1970-01-01 09:00:00.000"))
	})
	for place, code := range map[string]int{
		"/never_made?":                                 390201,
		"/go_client/never_made?":                       390201,
		"/?warehouse=never_made&":                      390201,
		"/?role=never_made&":                           390189,
		"/never_made?validateDefaultParameters=false&": 0,
	} {
		check("a login with "+place, func() error {
			_, err := asked("me:any@"+address+place+tail, "select 1")
			return equal(number(err), code)
		})
	}
	host, port, _ := strings.Cut(address, ":")
	portNumber, _ := strconv.Atoi(port)
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	for name, config := range map[string]gosnowflake.Config{
		"a key pair":      {Authenticator: gosnowflake.AuthTypeJwt, PrivateKey: key},
		"an OAuth token":  {Authenticator: gosnowflake.AuthTypeOAuth, Token: "opaque"},
		"an access token": {Authenticator: gosnowflake.AuthTypePat, Token: "opaque"},
	} {
		check("a login with "+name, func() error {
			config.Account, config.Host, config.Port, config.Protocol = "mockhaus", host, portNumber, "http"
			config.User = "ann.lee@example.com"
			db := sql.OpenDB(gosnowflake.NewConnector(gosnowflake.SnowflakeDriver{}, config))
			defer db.Close()
			got, err := cells(ctx, db, "select current_user()")
			return errors.Join(err, equal(got, "ANN.LEE@EXAMPLE.COM"))
		})
	}
}

// checkRenewal has a session token expire in the proxy: the driver asks for new ones and repeats the statement.
func checkRenewal(ctx context.Context, proxy string) {
	check("an expired session is renewed, and keeps its state", func() error {
		place, err := url.Parse(proxy)
		if err != nil {
			return err
		}
		db, err := sql.Open("snowflake", "me:any@"+place.Host+"/?account=mockhaus&protocol=http")
		if err != nil {
			return err
		}
		defer db.Close()
		db.SetMaxOpenConns(1)
		if _, err := db.ExecContext(ctx, "set kept = 8"); err != nil {
			return err
		}
		answer, err := http.Get(proxy + "/proxy/expire")
		if err != nil {
			return err
		}
		answer.Body.Close()
		got, err := cells(ctx, db, "select $kept")
		return errors.Join(err, equal(got, "8"))
	})
}

func checkBinds(ctx context.Context, db *sql.DB) {
	zone := time.FixedZone("two", 2*60*60)
	at := time.Date(2024, 2, 3, 4, 5, 6, 789000000, zone)
	check("times of every kind", func() error {
		// NTZ travels as the instant's time in UTC.
		got, err := cells(ctx, db, "select ?::varchar, ?::varchar, ?::varchar, ?::varchar, ?::varchar",
			gosnowflake.DataTypeTimestampNtz, at, gosnowflake.DataTypeTimestampLtz, at, gosnowflake.DataTypeTimestampTz, at,
			gosnowflake.DataTypeDate, at, gosnowflake.DataTypeTime, at)
		return errors.Join(err, equal(got, "2024-02-03 02:05:06.789 | 2024-02-02 18:05:06.789 -0800 | "+
			"2024-02-03 04:05:06.789 +0200 | 2024-02-03 | 04:05:06"))
	})
	for kind, text := range map[*[]byte]string{
		&gosnowflake.DataTypeObject: `{"b": 2}`,
		&gosnowflake.DataTypeArray:  `[2, "x"]`,
	} {
		check("the semi-structured value "+text, func() error {
			if _, err := db.ExecContext(ctx, "create or replace table semi (v variant)"); err != nil {
				return err
			}
			if _, err := db.ExecContext(ctx, "insert into semi select ?", *kind, text); err != nil {
				return err
			}
			got, err := cells(ctx, db, "select coalesce(v:b, v[0])::int from semi")
			return errors.Join(err, equal(got, "2"))
		})
	}
	check("structured values", func() error {
		if _, err := db.ExecContext(ctx, "create or replace table shaped (a array(int), m map(varchar, int))"); err != nil {
			return err
		}
		if _, err := db.ExecContext(ctx, "insert into shaped select ?, ?", []int64{1, 2}, map[string]int64{"k": 3}); err != nil {
			return err
		}
		var list, pairs any
		err := db.QueryRowContext(gosnowflake.WithStructuredTypesEnabled(ctx), "select a, m from shaped").Scan(&list, &pairs)
		return errors.Join(err, equal(fmt.Sprint(list, pairs), "[1 2] map[k:3]"))
	})
	for _, threshold := range []int{0, 1} {
		check(fmt.Sprintf("arrays of every kind, by stage from %d values on", threshold), func() error {
			for _, text := range []string{
				fmt.Sprintf("alter session set client_stage_array_binding_threshold = %d, timezone = 'UTC'", threshold),
				"create or replace table kinds (f float, b boolean, d date, t time, ntz timestamp_ntz, ltz timestamp_ltz, tz timestamp_tz)",
			} {
				if _, err := db.ExecContext(ctx, text); err != nil {
					return err
				}
			}
			defer db.ExecContext(ctx, "alter session unset client_stage_array_binding_threshold")
			defer db.ExecContext(ctx, "alter session unset timezone")
			// In UTC, which is the session's zone: by stage the driver sends times without their offset.
			reals, truths, times := []float64{1.5, -2}, []bool{true, false}, []time.Time{at.UTC(), at.UTC()}
			_, err := db.ExecContext(ctx, "insert into kinds values (?, ?, ?, ?, ?, ?, ?)", gosnowflake.Array(&reals), gosnowflake.Array(&truths),
				gosnowflake.Array(&times, gosnowflake.DateType), gosnowflake.Array(&times, gosnowflake.TimeType), gosnowflake.Array(&times, gosnowflake.TimestampNTZType),
				gosnowflake.Array(&times, gosnowflake.TimestampLTZType), gosnowflake.Array(&times, gosnowflake.TimestampTZType))
			if err != nil {
				return err
			}
			got, err := cells(ctx, db, "select sum(f), count_if(b), min(d)::varchar, min(t)::varchar, min(ntz)::varchar, min(ltz)::varchar, min(tz)::varchar from kinds")
			stamp := "2024-02-03 02:05:06.789"
			return errors.Join(err, equal(got, "-0.5 | 1 | 2024-02-03 | 02:05:06 | "+stamp+" | "+stamp+" +0000 | "+stamp+" +0000"))
		})
	}
	check("arrays of any values, with NULLs", func() error {
		if _, err := db.ExecContext(ctx, "create or replace table loose (i int, v varchar)"); err != nil {
			return err
		}
		ids, names := []any{1, nil, 3}, []any{"a", "b", nil}
		if _, err := db.ExecContext(ctx, "insert into loose values (?, ?)", gosnowflake.Array(&ids), gosnowflake.Array(&names)); err != nil {
			return err
		}
		got, err := cells(ctx, db, "select count(*), sum(i), listagg(v) within group (order by v) from loose")
		return errors.Join(err, equal(got, "3 | 4 | ab"))
	})
}

func checkQueries(ctx context.Context, db *sql.DB) {
	check("a query tag", func() error {
		if _, err := cells(gosnowflake.WithQueryTag(ctx, "nightly"), db, "select 'tagged in go'"); err != nil {
			return err
		}
		got, err := cells(ctx, db, "select query_tag from table(information_schema.query_history()) where query_text = 'select ''tagged in go'''")
		return errors.Join(err, equal(got, "nightly"))
	})
	check("the same request runs once", func() error {
		if _, err := db.ExecContext(ctx, "create or replace table once (a int)"); err != nil {
			return err
		}
		same := gosnowflake.WithRequestID(ctx, gosnowflake.NewUUID())
		for range 2 {
			if _, err := db.ExecContext(same, "insert into once values (1)"); err != nil {
				return err
			}
		}
		got, err := cells(ctx, db, "select count(*) from once")
		return errors.Join(err, equal(got, "1"))
	})
	check("rows affected by an asynchronous statement", func() error {
		result, err := db.ExecContext(gosnowflake.WithAsyncMode(ctx), "insert into once values (2), (3)")
		if err != nil {
			return err
		}
		count, err := result.RowsAffected()
		return errors.Join(err, equal(count, int64(2)))
	})
	check("the result and the state of an earlier query", func() error {
		ids := make(chan string, 1)
		if _, err := cells(gosnowflake.WithQueryIDChan(ctx, ids), db, "select 'earlier'"); err != nil {
			return err
		}
		id := <-ids
		got, err := cells(gosnowflake.WithFetchResultByID(ctx, id), db, "")
		if err := errors.Join(err, equal(got, "earlier")); err != nil {
			return err
		}
		conn, err := db.Conn(ctx)
		if err != nil {
			return err
		}
		defer conn.Close()
		return conn.Raw(func(raw any) error {
			status, err := raw.(gosnowflake.SnowflakeConnection).GetQueryStatus(ctx, id)
			if err != nil {
				return err
			}
			return equal(status.SQLText, "select 'earlier'")
		})
	})
	check("a description without a run", func() error {
		rows, err := db.QueryContext(gosnowflake.WithDescribeOnly(ctx), "select a, 'x'::varchar(5) as b from once")
		if err != nil {
			return err
		}
		defer rows.Close()
		names, err := rows.Columns()
		return errors.Join(err, equal(fmt.Sprint(names, rows.Next()), "[A B] false"))
	})
	check("exact decimals", func() error {
		rows, err := db.QueryContext(gosnowflake.WithHigherPrecision(ctx), "select 12345678901234567890123456789.125::number(38, 9)")
		if err != nil {
			return err
		}
		defer rows.Close()
		rows.Next()
		var value any
		if err := rows.Scan(&value); err != nil {
			return err
		}
		got, isBig := value.(big.Float)
		if !isBig {
			return fmt.Errorf("got %v (%T)", value, value)
		}
		return equal(got.Text('f', 3), "12345678901234567890123456789.125")
	})
	check("Arrow batches", func() error {
		if _, err := db.ExecContext(ctx, "alter session set go_query_result_format = 'ARROW'"); err != nil {
			return err
		}
		defer db.ExecContext(ctx, "alter session unset go_query_result_format")
		count, err := batchRows(ctx, db, "select seq4() as n from table(generator(rowcount => 100000))")
		return errors.Join(err, equal(count, int64(100_000)))
	})
	check("several statements of which one fails", func() error {
		several, err := gosnowflake.WithMultiStatement(ctx, 0)
		if err != nil {
			return err
		}
		_, err = db.ExecContext(several, "create or replace table first (a int); select * from missing; drop table first")
		if got := number(err); got != 2003 {
			return fmt.Errorf("got %v", err)
		}
		_, err = cells(ctx, db, "select count(*) from first")
		return err
	})
}

// batchRows counts the rows of a query's Arrow batches.
func batchRows(ctx context.Context, db *sql.DB, text string) (int64, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	var count int64
	err = conn.Raw(func(raw any) error {
		rows, err := raw.(driver.QueryerContext).QueryContext(gosnowflake.WithArrowBatches(ctx), text, nil)
		if err != nil {
			return err
		}
		defer rows.Close()
		batches, err := rows.(gosnowflake.SnowflakeRows).GetArrowBatches()
		if err != nil {
			return err
		}
		for _, batch := range batches {
			records, err := batch.Fetch()
			if err != nil {
				return err
			}
			for _, record := range *records {
				count += record.NumRows()
			}
		}
		return nil
	})
	return count, err
}
