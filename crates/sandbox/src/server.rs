//! The native server: the engine over HTTP, its world in a SQLite file, and the
//! built console beside it.
//!
//! The engine answers every request, also to unknown paths and methods, so that all answers
//! have the same form; this adds network, clock and disk.

mod api;
mod body;
mod connections;
mod console;
mod cors;
mod header_file;
mod host;
mod log_stream;
mod options;
mod store;

use std::fmt;
use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

pub use cors::{NoOrigin, Origin};
pub use options::Options;

use api::Api;
use console::Console;
use cors::Cors;
use host::Host;
use store::Store;

use crate::engine::World;

/// Why a server does not start, in a sentence for its user.
#[derive(Debug)]
pub struct StartError(String);

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StartError {}

/// Serves until the process is told to end.
///
/// # Errors
/// If it cannot listen, or cannot use its files.
pub async fn run(options: Options) -> Result<(), StartError> {
    let ended = ended()?;
    let (stop, stopped) = watch::channel(false);
    let (world, store) = world(&options)?;
    let host = Arc::new(Host::new(world, store, options.config()));

    let (api_listener, api_url) = listen(options.listen).await?;
    let console = match &options.console {
        Some(folder) => {
            let (listener, url) = listen(options.console_listen).await?;
            let console = Console::new(folder, options.console_config.as_deref(), &api_url)
                .map_err(|error| StartError(format!("the console cannot be served: {error}")))?;
            Some((listener, url, Arc::new(console)))
        }
        None => None,
    };
    let console_url = console.as_ref().map(|(_, url, _)| url.clone());
    announce(&api_url, console_url.as_deref())?;

    let api = Arc::new(Api {
        host,
        cors: cors(options.allow_origin, console_url.as_deref()),
        hide_limits: options.hide_limits,
        latency: Duration::from_millis(options.latency),
        require_https: options.require_https,
        stopped: stopped.clone(),
    });
    let serve_api = connections::serve(api_listener, stopped.clone(), move |request, peer| {
        let api = Arc::clone(&api);
        async move { api.answer(request, peer.ip()).await }
    });
    let serve_console = async {
        if let Some((listener, _, console)) = console {
            connections::serve(listener, stopped, move |request, _| {
                let console = Arc::clone(&console);
                async move { console.answer(request).await }
            })
            .await;
        }
    };
    tokio::join!(serve_api, serve_console, async {
        ended.await;
        stop.send_replace(true);
    });
    Ok(())
}

fn world(options: &Options) -> Result<(World, Store), StartError> {
    let (mut store, rows) = match &options.db {
        Some(path) => Store::open(path).map_err(|error| StartError(error.to_string()))?,
        None => (Store::none(), Vec::new()),
    };
    let world = if rows.is_empty() {
        let seed = options.seed.map_or_else(getrandom::u64, Ok);
        let seed =
            seed.map_err(|error| StartError(format!("there are no random numbers: {error}")))?;
        let now = host::now();
        let mut world = World::new(seed, now);
        if !world.add_to_demo(options.extra(), now) {
            return Err(StartError("a fresh world cannot hold that much".to_owned()));
        }
        store
            .commit(world.take_changes())
            .map_err(|error| StartError(format!("the world could not be stored: {error}")))?;
        world
    } else {
        World::restore(rows).map_err(|error| {
            let path = options.db.as_deref().unwrap_or_else(|| "".as_ref()).display();
            StartError(format!("{path} has no world that this version can read: {error}"))
        })?
    };
    Ok((world, store))
}

/// Listens, and returns its URL.
async fn listen(address: SocketAddr) -> Result<(TcpListener, String), StartError> {
    let failed = |error: std::io::Error| StartError(format!("cannot listen on {address}: {error}"));
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let actual = listener.local_addr().map_err(failed)?;
    // Browsers cannot call the address that means "all addresses".
    let ip = match actual.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    Ok((listener, format!("http://{}", SocketAddr::new(ip, actual.port()))))
}

/// This server's console may always call it.
fn cors(mut allowed: Vec<Origin>, console_url: Option<&str>) -> Cors {
    if allowed.is_empty() {
        return Cors::Loopback;
    }
    allowed.extend(console_url.and_then(|url| url.parse().ok()));
    Cors::Only(allowed)
}

/// Reports to people, and to the program that started this one, that the server is ready.
fn announce(api_url: &str, console_url: Option<&str>) -> Result<(), StartError> {
    eprintln!("Development server: everything is simulated, and anyone can read its mailbox.");
    let mut out = std::io::stdout().lock();
    let mut told = writeln!(out, "api {api_url}");
    if let Some(url) = console_url {
        told = told.and_then(|()| writeln!(out, "console {url}"));
    }
    told.and_then(|()| out.flush())
        .map_err(|error| StartError(format!("cannot write to standard output: {error}")))
}

/// Waits until the process is told to end, by a terminal or by the program that started it.
#[cfg(unix)]
fn ended() -> Result<impl Future<Output = ()>, StartError> {
    use tokio::signal::unix::{SignalKind, signal};
    let failed = |error: std::io::Error| StartError(format!("cannot listen to signals: {error}"));
    let mut interrupted = signal(SignalKind::interrupt()).map_err(failed)?;
    let mut terminated = signal(SignalKind::terminate()).map_err(failed)?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// Waits until a terminal tells the process to end.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "it can fail elsewhere")]
fn ended() -> Result<impl Future<Output = ()>, StartError> {
    Ok(async {
        // Without a terminal there is nothing to wait for.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<std::convert::Infallible>().await;
        }
    })
}
