//! One method per endpoint, generated from the endpoint table: if one is missing, the code
//! does not compile.

use backoffice_contract::{ApiError, Operation, OperationId, for_each_endpoint, op};

use crate::engine::protocol::reply::{Answer, Outcome};
use crate::engine::{Config, Millis};

/// What a handler knows about a request besides the operation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    /// The world's time.
    pub(crate) now: Millis,
    /// Limits and lifetimes.
    pub(crate) config: &'a Config,
    /// The caller's user number; 0 if there is no user.
    pub(crate) user: u64,
    /// The session of the call; `None` for calls with an API key.
    pub(crate) session: Option<&'a str>,
    /// The `Authorization` header.
    pub(crate) authorization: &'a str,
}

macro_rules! define_handlers {
    ($(
        $(#[doc = $doc:literal])+
        $id:ident $Op:ident $method:ident $path:literal {
            $(path: ($($param:ident),+),)?
            $(secret: ($($secret:ident),+),)?
            $(query: $query:ty,)?
            $(body: $body:ty,)?
            response: $response:ty,
            success: [$($status:literal),+],
            rules: $auth:ident $limit:ident $retry:ident $effect:ident,
            $(streams: $streams:literal,)?
            $(cli: $cli:literal,)?
        }
    )+) => {
        /// The operations of a simulated platform.
        pub(crate) trait Handlers {
            $(
                $(#[doc = $doc])+
                fn $id(&mut self, cx: &Context<'_>, op: op::$Op) -> Outcome<op::$Op>;
            )+
        }

        /// Reads the operation from the request and passes it to its handler.
        pub(crate) fn dispatch(
            handlers: &mut impl Handlers,
            cx: &Context<'_>,
            id: OperationId,
            params: &[String],
            query: &str,
            body: &[u8],
        ) -> Result<Answer, Answer> {
            match id {
                $(OperationId::$Op => {
                    let op = <op::$Op as Operation>::from_request(params, query, body)
                        .map_err(|error| ApiError::new(400, error.message))?;
                    handlers.$id(cx, op).map(|reply| reply.into_answer())
                })+
            }
        }
    };
}

for_each_endpoint!(define_handlers);
