// Starts the sandbox as a shared worker. Pages connect while its program is still loading and would
// be missed: this script keeps their ports until the program takes them.

const early = [];
const connections = new AbortController();
addEventListener("connect", (event) => early.push(...event.ports), { signal: connections.signal });
self.backofficeEarlyPorts = early;

try {
  await import("./sandbox-worker_loader.js");
  connections.abort();
} catch (error) {
  // Pages cannot see this error. Tell all of them, including those that connect later.
  const fail = (port) => port.postMessage({ kind: "failed", message: String(error?.message ?? error) });
  early.forEach(fail);
  connections.abort();
  addEventListener("connect", (event) => event.ports.forEach(fail));
}
