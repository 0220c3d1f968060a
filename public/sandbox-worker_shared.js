// Starts the sandbox as a shared worker. Pages connect while its program is still being loaded, and
// would be missed: their ports are kept here until it takes them.

const early = [];
const connections = new AbortController();
addEventListener("connect", (event) => early.push(...event.ports), { signal: connections.signal });
self.backofficeEarlyPorts = early;

try {
  await import("./sandbox-worker_loader.js");
  connections.abort();
} catch (error) {
  // No page would hear of it. Those that connect later hear it, too.
  const fail = (port) => port.postMessage({ kind: "failed", message: String(error?.message ?? error) });
  early.forEach(fail);
  connections.abort();
  addEventListener("connect", (event) => event.ports.forEach(fail));
}
