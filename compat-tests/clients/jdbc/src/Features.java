import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPairGenerator;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import net.snowflake.client.api.connection.SnowflakeConnection;
import net.snowflake.client.api.connection.SnowflakeDatabaseMetaData;
import net.snowflake.client.api.resultset.SnowflakeResultSet;
import net.snowflake.client.api.resultset.SnowflakeResultSetSerializable;
import net.snowflake.client.api.statement.SnowflakeStatement;

/** Further features of snowflake-jdbc: ways to log in, binds of every kind, batches, results by id, descriptions. */
final class Features {
  private Features() {}

  static void check(Connection connection, String url, String proxy) {
    logins(url);
    renewal(proxy);
    binds(connection);
    statements(connection);
    results(connection, url);
    descriptions(connection);
  }

  private static Connection login(String url, Map<String, Object> options) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(Map.of("user", "ann.lee@example.com", "account", "mockhaus", "disablePlatformDetection", "true"));
    properties.putAll(options);
    return DriverManager.getConnection("jdbc:snowflake://" + url, properties);
  }

  /** The first column of the only row. */
  private static String text(Connection connection, String sql) throws SQLException {
    return Client.row(connection, sql).getString(1);
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void fails(int code, Work work) throws Exception {
    try {
      work.run();
    } catch (SQLException error) {
      Client.equal(error.getErrorCode(), code);
      return;
    }
    throw new AssertionError("no error " + code);
  }

  private static void logins(String url) {
    Client.check("names and parameters of a login", () -> {
      Map<String, Object> options = Map.of("password", "any", "db", "jdbc_client", "schema", "public", "role", "sysadmin",
          "TIMEZONE", "Asia/Tokyo");
      try (Connection own = login(url, options)) {
        Client.equal(text(own, "select current_database() || current_schema() || current_role() || to_timestamp_ltz(0)::varchar"),
            "JDBC_CLIENTPUBLICSYSADMIN1970-01-01 09:00:00.000 +0900");
      }
    });
    Client.check("logins with names that are not there", () -> {
      fails(390189, () -> login(url, Map.of("password", "any", "role", "never_made")));
      Map<String, Object> place = Map.of("password", "any", "db", "never_made");
      fails(390201, () -> login(url, Map.of("password", "any", "db", "never_made", "CLIENT_VALIDATE_DEFAULT_PARAMETERS", true)));
      try (Connection own = login(url, place)) {
        Client.equal(own.getCatalog(), null);
      }
    });
    Client.check("logins with a key pair and with tokens", () -> {
      KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
      keys.initialize(2048);
      List<Map<String, Object>> ways = List.of(
          Map.of("privateKey", keys.generateKeyPair().getPrivate()),
          Map.of("authenticator", "oauth", "token", "opaque"),
          Map.of("authenticator", "programmatic_access_token", "token", "opaque"));
      for (Map<String, Object> way : ways) {
        try (Connection own = login(url, way)) {
          Client.equal(text(own, "select current_user()"), "ANN.LEE@EXAMPLE.COM");
        }
      }
    });
  }

  private static void renewal(String proxy) {
    Client.check("an expired session is renewed, and keeps its state", () -> {
      try (Connection own = login(proxy, Map.of("password", "any"))) {
        own.createStatement().execute("set kept = 8");
        HttpRequest expire = HttpRequest.newBuilder(URI.create(proxy + "/proxy/expire")).build();
        HttpClient.newHttpClient().send(expire, HttpResponse.BodyHandlers.discarding());
        Client.equal(text(own, "select $kept"), "8");
      }
    });
  }

  private static void binds(Connection connection) {
    for (int threshold : new int[] {0, 3}) {
      Client.check("times of every kind in a batch, by stage from " + threshold + " values on", () -> {
        try (Statement statement = connection.createStatement()) {
          statement.execute("alter session set client_stage_array_binding_threshold = " + threshold);
          statement.execute("create or replace temporary table times (d date, t time, ntz timestamp_ntz, ltz timestamp_ltz, tz timestamp_tz)");
        }
        Timestamp at = Timestamp.from(Instant.parse("2024-02-03T04:05:06.789Z"));
        try (PreparedStatement insert = connection.prepareStatement("insert into times values (?, ?, ?, ?, ?)")) {
          for (int i = 0; i < 2; i++) {
            insert.setDate(1, java.sql.Date.valueOf("2024-02-03"));
            insert.setTime(2, Time.valueOf("04:05:06"));
            for (int column = 3; column <= 5; column++) insert.setTimestamp(column, at);
            insert.addBatch();
          }
          Client.equal(Arrays.toString(insert.executeBatch()), "[1, 1]");
        }
        String stamp = "2024-02-03 04:05:06.789";
        Client.equal(text(connection, "select distinct d::varchar || t::varchar || ntz::varchar || ltz::varchar || tz::varchar from times"),
            "2024-02-03" + "04:05:06" + stamp + stamp + " +0000" + stamp + " +0000");
        connection.createStatement().execute("drop table times");
        connection.createStatement().execute("alter session unset client_stage_array_binding_threshold");
      });
    }
    Client.check("objects of any type", () -> {
      Object[] values = {5, 6L, "x", new BigDecimal("1.5"), true, java.sql.Date.valueOf("2024-01-02"), null};
      try (PreparedStatement query = connection.prepareStatement("select ?, ?, ?, ?, ?, ?, ?")) {
        for (int i = 0; i < values.length; i++) query.setObject(i + 1, values[i]);
        ResultSet row = query.executeQuery();
        row.next();
        StringBuilder seen = new StringBuilder();
        for (int i = 1; i <= values.length; i++) seen.append(row.getObject(i)).append(' ');
        Client.equal(seen.toString(), "5 6 x 1.5 true 2024-01-02 null ");
      }
    });
  }

  private static void statements(Connection connection) {
    Client.check("a batch of updates, of statements, and one that fails", () -> {
      try (Statement statement = connection.createStatement()) {
        statement.execute("create or replace table b (i int, v varchar)");
        statement.addBatch("insert into b (i) values (1), (2)");
        statement.addBatch("delete from b where i = 3");
        Client.equal(Arrays.toString(statement.executeBatch()), "[2, 0]");
        try (PreparedStatement update = connection.prepareStatement("update b set v = ? where i = ?")) {
          for (int i = 1; i <= 3; i++) {
            update.setString(1, "v" + i);
            update.setInt(2, i);
            update.addBatch();
          }
          Client.equal(Arrays.toString(update.executeBatch()), "[1, 1, 0]");
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into b (i) values (?)")) {
          for (String value : List.of("7", "x")) {
            insert.setString(1, value);
            insert.addBatch();
          }
          fails(100038, insert::executeBatch);
        }
        Client.equal(statement.executeLargeUpdate("update b set v = null"), 2L);
        fails(200042, () -> statement.executeUpdate("select 1"));
      }
    });
    Client.check("a procedure called", () -> {
      connection.createStatement().execute(
          "create or replace procedure twice (x int) returns int language sql as 'begin return x * 2; end'");
      for (String sql : List.of("call twice(?)", "{call twice(?)}")) {
        try (CallableStatement call = connection.prepareCall(sql)) {
          call.setInt(1, 21);
          ResultSet row = call.executeQuery();
          row.next();
          Client.equal(row.getInt(1), 42);
        }
      }
    });
    Client.check("a parameter of a statement, and one that ALTER SESSION reports", () -> {
      try (Statement statement = connection.createStatement()) {
        statement.unwrap(SnowflakeStatement.class).setParameter("QUERY_TAG", "nightly");
        statement.executeQuery("select 'tagged in jdbc'");
        Client.equal(text(connection, "select max(query_tag) from table(information_schema.query_history()) "
            + "where query_text = 'select ''tagged in jdbc'''"), "nightly");
        statement.execute("alter session set autocommit = false");
        Client.equal(connection.getAutoCommit(), false);
        statement.execute("alter session set autocommit = true");
        Client.equal(connection.getAutoCommit(), true);
      }
    });
    Client.check("a statement cancelled from another thread", () -> {
      try (Statement statement = connection.createStatement()) {
        CompletableFuture<Integer> failed = CompletableFuture.supplyAsync(() -> {
          try {
            statement.executeQuery("call system$wait(1, 'DAYS')");
            return 0;
          } catch (SQLException error) {
            return error.getErrorCode();
          }
        });
        // Until it runs there is nothing to cancel.
        while (!failed.isDone()) {
          statement.cancel();
          Thread.sleep(20);
        }
        Client.equal(failed.get(), 604);
      }
    });
  }

  private static void results(Connection connection, String url) {
    Client.check("the result of an earlier query, by its id", () -> {
      try (Statement statement = connection.createStatement()) {
        statement.executeQuery("select 'earlier'");
        String id = statement.unwrap(SnowflakeStatement.class).getQueryID();
        ResultSet row = connection.unwrap(SnowflakeConnection.class).createResultSet(id);
        row.next();
        Client.equal(row.getString(1), "earlier");
      }
    });
    Client.check("a result handed over in pieces", () -> {
      try (Statement statement = connection.createStatement()) {
        ResultSet whole = statement.executeQuery("select seq4() as n from table(generator(rowcount => 100000))");
        long rows = 0;
        List<SnowflakeResultSetSerializable> pieces =
            whole.unwrap(SnowflakeResultSet.class).getResultSetSerializables(1_000_000);
        for (SnowflakeResultSetSerializable piece : pieces) {
          ResultSet part = piece.getResultSet(SnowflakeResultSetSerializable.ResultSetRetrieveConfig.Builder.newInstance()
              .setProxyProperties(new Properties()).setSfFullURL(url).build());
          while (part.next()) rows++;
        }
        Client.equal(rows, 100_000L);
        Client.equal(pieces.size() > 1, true);
      }
    });
  }

  private static String listed(ResultSet rows, String... columns) throws SQLException {
    StringBuilder text = new StringBuilder();
    while (rows.next()) {
      for (String column : columns) text.append(rows.getString(column)).append(' ');
    }
    return text.toString();
  }

  private static void descriptions(Connection connection) {
    Client.check("views, functions, procedures, streams, keys and privileges", () -> {
      try (Statement statement = connection.createStatement()) {
        for (String sql : List.of("create or replace schema described",
            "create table parent (id int primary key)", "create table child (p int references parent (id))",
            "create view seen as select id from parent", "create stream moved on table parent",
            "create function joined (x int, y varchar) returns varchar as 'y || x'",
            "create procedure twice (x int) returns int language sql as 'begin return x * 2; end'")) {
          statement.execute(sql);
        }
      }
      DatabaseMetaData about = connection.getMetaData();
      String[] place = {"JDBC_CLIENT", "DESCRIBED"};
      Client.equal(listed(about.getTables(place[0], place[1], "%", new String[] {"VIEW"}), "TABLE_NAME"), "SEEN ");
      Client.equal(listed(about.getFunctionColumns(place[0], place[1], "JOINED", "%"), "COLUMN_NAME", "ORDINAL_POSITION"),
          " 0 X 1 Y 2 ");
      Client.equal(listed(about.getProcedureColumns(place[0], place[1], "TWICE", "%"), "COLUMN_NAME", "TYPE_NAME"),
          " NUMBER X NUMBER ");
      Client.equal(listed(about.unwrap(SnowflakeDatabaseMetaData.class).getStreams(place[0], place[1], "%"), "STREAM_NAME"), "MOVED ");
      Client.equal(listed(about.getCrossReference(place[0], place[1], "PARENT", place[0], place[1], "CHILD"), "FKCOLUMN_NAME"), "P ");
      Client.equal(listed(about.getTablePrivileges(place[0], place[1], "PARENT"), "GRANTEE", "PRIVILEGE"), "ACCOUNTADMIN OWNERSHIP ");
      connection.createStatement().execute("drop schema described");
      connection.setSchema("PUBLIC");
    });
    Client.check("columns of every type, in a table's description", () -> {
      connection.createStatement().execute("create or replace table every (n number(10,2), f float, v varchar(5), b boolean, d date, "
          + "t time, z timestamp_tz, x binary, j variant, o object, a array, g geography, w vector(int, 2), k int identity, c int default 5)");
      Client.equal(listed(connection.getMetaData().getColumns("JDBC_CLIENT", "PUBLIC", "EVERY", "%"), "TYPE_NAME"),
          "NUMBER DOUBLE VARCHAR BOOLEAN DATE TIME TIMESTAMPTZ BINARY VARIANT OBJECT ARRAY GEOGRAPHY VECTOR NUMBER NUMBER ");
      Client.equal(listed(connection.getMetaData().getColumns("JDBC_CLIENT", "PUBLIC", "EVERY", "C"), "COLUMN_DEF", "IS_AUTOINCREMENT"),
          "5 NO ");
      Client.equal(listed(connection.getMetaData().getColumns("JDBC_CLIENT", "PUBLIC", "EVERY", "K"), "IS_AUTOINCREMENT"), "YES ");
    });
  }
}
