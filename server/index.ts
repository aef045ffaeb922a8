/** The account as others embed it: open one, and put the HTTP door in front of it. */

export { type Account, type AccountOptions, openAccount } from "./execute/account.ts";
export { createApp, type HttpServer } from "./http/app.ts";
