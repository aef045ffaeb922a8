import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;
import net.snowflake.client.api.connection.DownloadStreamConfig;
import net.snowflake.client.api.connection.SnowflakeConnection;
import net.snowflake.client.api.connection.UploadStreamConfig;
import net.snowflake.client.api.resultset.SnowflakeResultSet;
import net.snowflake.client.api.statement.SnowflakeStatement;

/** snowflake-jdbc against mockhaus: what a Java program does with java.sql and the driver's own extensions. */
public final class Client {
  interface Check {
    void run() throws Exception;
  }

  private static int passed;
  private static int failed;

  static void check(String name, Check work) {
    try {
      work.run();
      passed++;
    } catch (Exception | AssertionError error) {
      failed++;
      System.out.println("FAILED " + name + "\n  " + error);
    }
  }

  static void equal(Object got, Object want) {
    if (!Objects.equals(got, want)) throw new AssertionError("got " + got + ", want " + want);
  }

  public static void main(String[] args) throws Exception {
    for (String format : List.of("JSON", "ARROW")) checkAll(args[0], args[1], format);
    System.out.println(passed + " passed, " + failed + " failed, 0 skipped");
    System.exit(failed == 0 ? 0 : 1);
  }

  private static void checkAll(String url, String proxy, String format) throws SQLException {
    Properties properties = new Properties();
    properties.put("user", "me");
    properties.put("password", "any");
    properties.put("account", "mockhaus");
    properties.put("JDBC_QUERY_RESULT_FORMAT", format);
    // The driver would ask the metadata services of three clouds where it runs.
    properties.put("disablePlatformDetection", "true");
    try (Connection connection = DriverManager.getConnection("jdbc:snowflake://" + url, properties)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("create or replace database jdbc_client");
        // setTimestamp binds an instant; what is stored without a time zone is its time in the session's.
        statement.execute("alter session set timezone = 'UTC'");
        statement.execute("create table t (id int not null, name varchar(20), at timestamp_ntz, primary key (id))");
      }
      types(connection);
      statements(connection);
      metadata(connection);
      errors(connection);
      results(connection);
      Features.check(connection, url, proxy);
    }
  }

  static ResultSet row(Connection connection, String sql) throws SQLException {
    ResultSet rows = connection.createStatement().executeQuery(sql);
    if (!rows.next()) throw new SQLException("no row");
    return rows;
  }

  private static void types(Connection connection) {
    check("values of every type", () -> {
      ResultSet row = row(connection, "select 42, 1.50::number(10,2), 2.5::float, 'text', true, '2024-02-29'::date, "
          + "'2024-02-29 12:34:56.789'::timestamp_ntz, x'0aff', parse_json('{\"a\":[1,null]}'), null, '10:20:30'::time");
      equal(row.getLong(1), 42L);
      equal(row.getBigDecimal(2), new BigDecimal("1.50"));
      equal(row.getDouble(3), 2.5);
      equal(row.getString(4), "text");
      equal(row.getBoolean(5), true);
      equal(row.getDate(6).toString(), "2024-02-29");
      equal(row.getTimestamp(7), Timestamp.valueOf("2024-02-29 12:34:56.789"));
      equal(row.getBytes(8).length, 2);
      equal(row.getString(9).replaceAll("\\s", ""), "{\"a\":[1,null]}");
      equal(row.getString(10), null);
      equal(row.wasNull(), true);
      equal(row.getTime(11).toString(), "10:20:30");
    });
    check("a number that no long holds, exactly", () -> {
      String digits = "12345678901234567890123456789012345678";
      equal(row(connection, "select " + digits).getBigDecimal(1), new BigDecimal(digits));
    });
    check("timestamps with a time zone", () -> {
      ResultSet row = row(connection, "select '2024-02-29 12:00:00 +0530'::timestamp_tz, "
          + "'2024-02-29 12:00:00 +0000'::timestamp_ltz");
      equal(row.getTimestamp(1).toInstant().toString(), "2024-02-29T06:30:00Z");
      equal(row.getTimestamp(2).toInstant().toString(), "2024-02-29T12:00:00Z");
    });
    check("the description of a result", () -> {
      ResultSetMetaData about = row(connection, "select 1::number(12,3) as n, 'a'::varchar(7) as \"v\", current_date() as d")
          .getMetaData();
      equal(about.getColumnCount(), 3);
      equal(about.getColumnName(1) + about.getColumnName(2) + about.getColumnName(3), "NvD");
      equal(about.getColumnType(1) + " " + about.getPrecision(1) + " " + about.getScale(1), Types.DECIMAL + " 12 3");
      equal(about.getColumnType(2) + " " + about.getPrecision(2), Types.VARCHAR + " 7");
      equal(about.getColumnType(3), Types.DATE);
    });
  }

  private static void statements(Connection connection) {
    for (int threshold : new int[] {0, 4}) {
      check("a batch with every kind of value, by stage from " + threshold + " values on", () -> {
        try (Statement statement = connection.createStatement()) {
          statement.execute("alter session set client_stage_array_binding_threshold = " + threshold);
          statement.execute("create or replace temporary table batch (i int, v varchar, b binary, d date)");
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into batch values (?, ?, ?, ?)")) {
          for (int i = 0; i < 3; i++) {
            insert.setInt(1, i);
            insert.setString(2, i == 1 ? null : i == 0 ? "" : "a \"b\", c\nd");
            insert.setBytes(3, new byte[] {(byte) 255, (byte) i});
            insert.setDate(4, java.sql.Date.valueOf("2024-02-29"));
            insert.addBatch();
          }
          equal(java.util.Arrays.toString(insert.executeBatch()), "[1, 1, 1]");
        }
        ResultSet row = row(connection, "select listagg(coalesce(length(v), -1), ',') within group (order by i) as l, "
            + "listagg(to_varchar(b), ',') within group (order by i), min(d) from batch");
        equal(row.getString(1) + " " + row.getString(2) + " " + row.getString(3), "0,-1,10 FF00,FF01,FF02 2024-02-29");
        connection.createStatement().execute("drop table batch");
      });
    }
    check("a limit of rows", () -> {
      try (Statement statement = connection.createStatement()) {
        statement.setMaxRows(2);
        ResultSet rows = statement.executeQuery("select column1 from values (1), (2), (3) order by 1 desc");
        List<Integer> seen = new ArrayList<>();
        while (rows.next()) seen.add(rows.getInt(1));
        equal(seen, List.of(3, 2));
      }
    });
    check("several statements that nobody waits for", () -> {
      try (Statement statement = connection.createStatement()) {
        statement.unwrap(SnowflakeStatement.class).setParameter("MULTI_STATEMENT_COUNT", 0);
        ResultSet parent = statement.unwrap(SnowflakeStatement.class).executeAsyncQuery("select 1; select 2");
        parent.next();
        String id = parent.unwrap(SnowflakeResultSet.class).getQueryID();
        equal(connection.unwrap(SnowflakeConnection.class).getChildQueryIds(id).length, 2);
      }
    });
    check("files put and got, and streams", () -> {
      Path folder = Files.createTempDirectory("jdbc-client");
      Files.writeString(folder.resolve("a.csv"), "1,one\n2,two\n");
      try (Statement statement = connection.createStatement()) {
        statement.execute("create or replace stage files");
        equal(names(statement.executeQuery("put 'file://" + folder + "/*.csv' @files/in auto_compress=false"), "status"),
            List.of("UPLOADED"));
        equal(names(statement.executeQuery("list @files"), "name"), List.of("files/in/a.csv"));
        Path back = Files.createDirectory(folder.resolve("back"));
        equal(names(statement.executeQuery("get @files/in 'file://" + back + "'"), "status"), List.of("DOWNLOADED"));
        equal(Files.readString(back.resolve("a.csv")), "1,one\n2,two\n");
      }
      SnowflakeConnection own = connection.unwrap(SnowflakeConnection.class);
      own.uploadStream("@files", "s.csv", new ByteArrayInputStream("3,three\n".getBytes()),
          UploadStreamConfig.builder().setCompressData(true).build());
      equal(new String(own.downloadStream("@files", "s.csv.gz",
          DownloadStreamConfig.builder().setDecompress(true).build()).readAllBytes()), "3,three\n");
    });
    check("structured values", () -> {
      ResultSet row = row(connection, "select [1,2]::array(int), {'a':1}::map(varchar, int)");
      equal(List.of((Object[]) row.getArray(1).getArray()), List.of(1L, 2L));
      equal(row.unwrap(SnowflakeResultSet.class).getMap(2, Long.class), java.util.Map.of("a", 1L));
    });
    check("a prepared insert and its count", () -> {
      try (PreparedStatement insert = connection.prepareStatement("insert into t values (?, ?, ?)")) {
        insert.setInt(1, 1);
        insert.setString(2, "one");
        insert.setTimestamp(3, Timestamp.valueOf("2024-02-29 12:34:56.789"));
        equal(insert.executeUpdate(), 1);
      }
      equal(row(connection, "select at::varchar from t where id = 1").getString(1), "2024-02-29 12:34:56.789");
    });
    check("a batch of inserts", () -> {
      try (PreparedStatement insert = connection.prepareStatement("insert into t (id, name) values (?, ?)")) {
        for (int i = 10; i < 20; i++) {
          insert.setInt(1, i);
          insert.setString(2, i % 2 == 0 ? null : "n" + i);
          insert.addBatch();
        }
        equal(insert.executeBatch().length, 10);
      }
      ResultSet row = row(connection, "select count(*), count(name), sum(id) from t where id >= 10");
      equal(row.getInt(1) + " " + row.getInt(2) + " " + row.getInt(3), "10 5 145");
    });
    check("binds of a query, by type", () -> {
      try (PreparedStatement query = connection.prepareStatement("select ?, ?, ?, ?, ?")) {
        query.setBigDecimal(1, new BigDecimal("1.25"));
        query.setBoolean(2, true);
        query.setDate(3, java.sql.Date.valueOf("2024-02-29"));
        query.setBytes(4, new byte[] {1, 2});
        query.setNull(5, Types.VARCHAR);
        ResultSet row = query.executeQuery();
        row.next();
        equal(row.getBigDecimal(1).stripTrailingZeros() + " " + row.getBoolean(2) + " " + row.getDate(3) + " "
            + row.getBytes(4).length + " " + row.getString(5), "1.25 true 2024-02-29 2 null");
      }
    });
    check("the description of a prepared statement before it runs", () -> {
      try (PreparedStatement query = connection.prepareStatement("select id, name from t where id = ?")) {
        equal(query.getMetaData().getColumnCount(), 2);
        equal(query.getParameterMetaData().getParameterCount(), 1);
      }
    });
    check("counts of DML and DDL", () -> {
      try (Statement statement = connection.createStatement()) {
        equal(statement.executeUpdate("update t set name = 'x' where id in (10, 11)"), 2);
        equal(statement.executeUpdate("delete from t where id = 19"), 1);
        equal(statement.executeUpdate("create table u (a int)"), 0);
        equal(statement.execute("insert into u values (1), (2)"), false);
        equal(statement.getUpdateCount(), 2);
        equal(statement.execute("select 1"), true);
      }
    });
    check("a transaction rolled back", () -> {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate("delete from u");
        connection.rollback();
        equal(row(connection, "select count(*) from u").getInt(1), 2);
        statement.executeUpdate("delete from u");
        connection.commit();
      } finally {
        connection.setAutoCommit(true);
      }
      equal(row(connection, "select count(*) from u").getInt(1), 0);
    });
    check("several statements in one", () -> {
      try (Statement statement = connection.createStatement()) {
        statement.unwrap(SnowflakeStatement.class).setParameter("MULTI_STATEMENT_COUNT", 3);
        statement.execute("insert into u values (1); select 'two'; delete from u");
        List<String> seen = new ArrayList<>();
        for (boolean rows = statement.getResultSet() != null; ; rows = statement.getMoreResults()) {
          if (rows) {
            ResultSet result = statement.getResultSet();
            result.next();
            seen.add(result.getString(1));
          } else if (statement.getUpdateCount() != -1) {
            seen.add(String.valueOf(statement.getUpdateCount()));
          } else {
            break;
          }
        }
        equal(String.join(",", seen), "1,two,1");
      }
    });
    check("an asynchronous query and its id", () -> {
      try (Statement statement = connection.createStatement()) {
        ResultSet rows = statement.unwrap(SnowflakeStatement.class)
            .executeAsyncQuery("select count(*) from table(generator(rowcount => 1000))");
        equal(rows.unwrap(SnowflakeResultSet.class).getQueryID().length(), 36);
        rows.next();
        equal(rows.getInt(1), 1000);
      }
    });
  }

  private static List<String> names(ResultSet rows, String column) throws SQLException {
    TreeSet<String> names = new TreeSet<>();
    while (rows.next()) names.add(rows.getString(column));
    return new ArrayList<>(names);
  }

  private static void metadata(Connection connection) {
    check("tables", () -> {
      DatabaseMetaData about = connection.getMetaData();
      equal(names(about.getTables("JDBC_CLIENT", "PUBLIC", "%", new String[] {"TABLE"}), "TABLE_NAME"), List.of("T", "U"));
      equal(names(about.getSchemas("JDBC_CLIENT", "PUB%"), "TABLE_SCHEM"), List.of("PUBLIC"));
      equal(names(about.getCatalogs(), "TABLE_CAT").contains("JDBC_CLIENT"), true);
    });
    check("columns", () -> {
      ResultSet columns = connection.getMetaData().getColumns("JDBC_CLIENT", "PUBLIC", "T", "%");
      List<String> seen = new ArrayList<>();
      while (columns.next()) {
        seen.add(columns.getString("COLUMN_NAME") + " " + columns.getString("TYPE_NAME") + " "
            + columns.getInt("COLUMN_SIZE") + " " + columns.getString("IS_NULLABLE") + " " + columns.getInt("ORDINAL_POSITION"));
      }
      equal(seen, List.of("ID NUMBER 38 NO 1", "NAME VARCHAR 20 YES 2", "AT TIMESTAMPNTZ 0 YES 3"));
    });
    check("keys, procedures and functions", () -> {
      try (Statement statement = connection.createStatement()) {
        statement.execute("create table child (t_id int, foreign key (t_id) references t (id))");
        statement.execute("create procedure proc (a int) returns int language sql as 'begin return a; end'");
        statement.execute("create function func (a int) returns int as 'a'");
      }
      DatabaseMetaData about = connection.getMetaData();
      equal(names(about.getPrimaryKeys("JDBC_CLIENT", "PUBLIC", "T"), "COLUMN_NAME"), List.of("ID"));
      equal(names(about.getImportedKeys("JDBC_CLIENT", "PUBLIC", "CHILD"), "PKTABLE_NAME"), List.of("T"));
      equal(names(about.getExportedKeys("JDBC_CLIENT", "PUBLIC", "T"), "FKTABLE_NAME"), List.of("CHILD"));
      equal(names(about.getProcedures("JDBC_CLIENT", "PUBLIC", "PROC"), "PROCEDURE_NAME"), List.of("PROC"));
      equal(names(about.getFunctions("JDBC_CLIENT", "PUBLIC", "FUNC"), "FUNCTION_NAME"), List.of("FUNC"));
    });
    check("the database of the connection", () -> {
      equal(connection.getCatalog() + "." + connection.getSchema(), "JDBC_CLIENT.PUBLIC");
      equal(connection.getMetaData().getDatabaseProductName(), "Snowflake");
      equal(connection.isValid(5), true);
    });
  }

  private static void errors(Connection connection) {
    Object[][] cases = {
      {"select * from missing", 2003, "42S02"},
      {"selec 1", 1003, "42000"},
      {"select 1/0", 100051, "22012"},
      {"select 'x'::int", 100038, "22018"},
    };
    for (Object[] c : cases) {
      check("the error of " + c[0], () -> {
        try {
          row(connection, (String) c[0]);
        } catch (SQLException error) {
          equal(error.getErrorCode() + " " + error.getSQLState(), c[1] + " " + c[2]);
          return;
        }
        throw new AssertionError("no error");
      });
    }
    check("a time-out interrupts the statement", () -> {
      try (Statement statement = connection.createStatement()) {
        statement.setQueryTimeout(1);
        statement.executeQuery("select count(*) from table(generator(rowcount => 100000000)) a, "
            + "table(generator(rowcount => 100000)) b");
      } catch (SQLException error) {
        equal(row(connection, "select 1").getInt(1), 1);
        return;
      }
      throw new AssertionError("no error");
    });
  }

  private static void results(Connection connection) {
    check("a result in chunks", () -> {
      int count = 200_000;
      try (Statement statement = connection.createStatement()) {
        ResultSet rows = statement.executeQuery(
            "select seq4() as n, 'row ' || n as t, n / 4 as q from table(generator(rowcount => " + count + "))");
        long sum = 0;
        int seen = 0;
        while (rows.next()) {
          int n = rows.getInt(1);
          if (!rows.getString(2).equals("row " + n)) throw new AssertionError(rows.getString(2));
          if (rows.getBigDecimal(3).doubleValue() != n / 4.0) throw new AssertionError(rows.getBigDecimal(3));
          sum += n;
          seen++;
        }
        equal(seen + " " + sum, count + " " + (long) count * (count - 1) / 2);
      }
    });
  }
}
