#!/usr/bin/env node
/** The installed program: sizes the thread pool while nothing has used it yet, then runs cli/main.ts. */
require("../config/thread-pool.cts");
import("./main.ts");
