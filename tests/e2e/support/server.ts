// A sandbox server for one test: an API and the console on free ports, with an empty world.

import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { consoleFolder, pressureFolder, serverProgram } from "./environment.ts";

/** Options of a test's server. */
export interface ServerOptions {
  /** More flags for the server, such as `["--rate-limit", "5"]`. */
  serverFlags: string[];
  /** Which API the console uses: this server's, or the sandbox inside the browser. */
  api: "native" | "browser";
  /** Which pages the server shows: the console's, or the one that puts the client under load. */
  pages: "console" | "pressure";
}

/** A running server. */
export interface SandboxServer {
  /** Origin of the API, such as `http://127.0.0.1:40001`. */
  apiUrl: string;
  /** Origin of the console. */
  consoleUrl: string;
  /** Which API the console uses. */
  api: ServerOptions["api"];
  /** Stops the server and deletes its world; fails if the server panicked or exited early. */
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 15_000;

/** Starts a server; the caller stops it. */
export async function startServer(options: Partial<ServerOptions> = {}): Promise<SandboxServer> {
  const { serverFlags = [], api = "native", pages = "console" } = options;
  const folder = await mkdtemp(join(tmpdir(), "backoffice-e2e-"));
  const flags = ["--listen", "127.0.0.1:0", "--db", join(folder, "world.db")];
  flags.push("--console", pages === "console" ? consoleFolder() : pressureFolder(), "--console-listen", "127.0.0.1:0");
  if (api === "browser") {
    const config = join(folder, "config.json");
    await writeFile(config, JSON.stringify({ api: "sandbox" }));
    flags.push("--console-config", config);
  }
  const process = spawn(serverProgram(), [...flags, ...serverFlags], { cwd: folder });
  const said: string[] = [];
  process.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const clear = async () => {
    await end(process);
    await rm(folder, { recursive: true, force: true });
  };
  const stop = async () => {
    const endedByItself = hasEnded(process);
    await clear();
    const log = said.join("").trim();
    if (endedByItself || log.includes("panicked at")) {
      throw new Error(`the sandbox server ${endedByItself ? "exited early" : "panicked"}\n${log}`);
    }
  };
  try {
    const urls = await ready(process);
    return { ...urls, api, stop };
  } catch (error) {
    await clear();
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`the sandbox server ${why}\n${said.join("").trim()}`);
  }
}

/** The two addresses, which the server prints once it answers on both. */
async function ready(
  process: ChildProcessWithoutNullStreams,
): Promise<Pick<SandboxServer, "apiUrl" | "consoleUrl">> {
  let apiUrl: string | undefined;
  let consoleUrl: string | undefined;
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(new Error(why));
    };
    const tooLate = () => fail(`was not ready within ${READY_WITHIN_MS} ms`);
    const timer = setTimeout(tooLate, READY_WITHIN_MS);
    process.once("error", (error) => fail(`did not start: ${error.message}`));
    // Not "exit": the last output may arrive after it.
    process.once("close", (code, signal) => fail(`ended with ${signal ?? code} before it was ready`));
    createInterface({ input: process.stdout }).on("line", (line) => {
      const [name, url] = line.split(" ");
      if (name === "api") apiUrl = url;
      if (name === "console") consoleUrl = url;
      if (apiUrl && consoleUrl) {
        clearTimeout(timer);
        resolve({ apiUrl, consoleUrl });
      }
    });
  });
}

async function end(process: ChildProcessWithoutNullStreams): Promise<void> {
  if (hasEnded(process)) {
    return;
  }
  const ended = once(process, "exit");
  // Killed, not asked: the world is deleted anyway, and a test must not wait for a shutdown.
  process.kill("SIGKILL");
  await ended;
}

function hasEnded({ pid, exitCode, signalCode }: ChildProcessWithoutNullStreams): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null;
}
