#!/bin/sh
# Follows the getting-started guide against the sandbox at $1, from signing up to signing
# out, only with curl. Stops at the first unexpected answer.
set -eu
api=$1
token=
answer=

# call STATUS METHOD PATH [BODY]: the answer's body goes to $answer.
call() {
    status=$1 method=$2 path=$3
    set -- "$@" ''
    body=$4
    set -- --silent --show-error --request "$method" --write-out '\n%{http_code}'
    [ -z "$token" ] || set -- "$@" --header "Authorization: $token"
    [ -z "$body" ] || set -- "$@" --header 'Content-Type: application/json' --data "$body"
    answer=$(curl "$@" "$api$path")
    actual=${answer##*
}
    answer=${answer%
*}
    printf '%s %s %s\n' "$actual" "$method" "$path"
    if [ "$actual" != "$status" ]; then
        printf 'expected %s: %s\n' "$status" "$answer"
        exit 1
    fi
}

# field NAME: the value of the first text field of that name in $answer.
field() {
    printf '%s' "$answer" | sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"
}

# has TEXT: stops unless $answer contains it.
has() {
    case $answer in
    *"$1"*) ;;
    *)
        printf 'expected %s in: %s\n' "$1" "$answer"
        exit 1
        ;;
    esac
}

# Sign up: the code is in the mail.
email=ada@example.com password=correct-horse
call 200 POST /api/signup "{\"email\":\"$email\"}"
uuid=$(field uuid)
call 200 GET "/sandbox/mailbox?to=$email"
code=$(field code)
call 200 POST /api/signup "{\"uuid\":\"$uuid\",\"confirmation_code\":\"$code\"}"
call 200 POST /api/signup "{\"uuid\":\"$uuid\",\"password\":\"$password\"}"
call 200 POST /api/signup "{\"uuid\":\"$uuid\",\"tier\":\"FREE\"}"
has "$email"

# Sign in.
call 200 POST /api/session "{\"user\":{\"email\":\"$email\",\"password\":\"$password\"}}"
token=$(field access_token)
call 200 GET /api/users
has '"tier":"FREE"'

# Create an app, configure it, give it a database.
app=guide-app
call 201 POST /api/apps "{\"unique_name\":\"$app\"}"
call 200 GET /api/apps
has "\"unique_name\":\"$app\""
call 201 POST "/api/apps/$app/configs" '{"configs":{"GREETING":"hello"}}'
call 201 POST "/api/apps/$app/free_databases" '{}'
call 200 GET "/api/apps/$app/databases"
has '"tier":"FREE"'
call 200 GET "/api/apps/$app/configs"
has '"GREETING":"hello"'

# Deploy: what git push does, and the minutes after it.
call 202 POST "/sandbox/apps/$app/push" '{"message":"First deploy"}'
call 200 POST /sandbox/clock '{"advance_seconds":600}'
call 200 GET "/api/apps/$app/status"
has '"status":"Healthy"'
call 200 GET "/api/apps/$app/databases"
has '"state":"AVAILABLE"'

# Run a command; its output is in the logs.
call 200 POST "/api/apps/$app/run" '{"command":["echo","from-the-job"]}'
call 200 POST /sandbox/clock '{"advance_seconds":60}'
call 200 GET "/api/apps/$app/logs?follow=false&num_lines=500"
has from-the-job

# Add an SSH key, so that a remote console could connect.
key='ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1XpLzEx0wVJtMDfhJ0vZ6OqlpR3XlQ1qyo1V0ZkZBc ada@laptop'
call 201 POST /api/ssh_keys "{\"ssh_key\":\"$key\"}"
call 200 GET /api/ssh_keys
has ada@laptop
call 200 GET "/api/apps/$app/ssh_ip"
has ssh_ip

# Restart, deploy once more, and roll back.
call 200 PUT "/api/apps/$app/restart"
call 202 POST "/sandbox/apps/$app/push" '{"message":"Second deploy"}'
call 200 POST /sandbox/clock '{"advance_seconds":600}'
call 200 GET "/api/apps/$app/releases"
has '"version":4'
call 200 POST "/api/apps/$app/releases/3/rollback"
call 200 GET "/api/apps/$app/releases"
has '"version":5'
call 200 POST /sandbox/clock '{"advance_seconds":120}'
call 200 GET "/api/apps/$app/status"
has '"status":"Healthy"'

# Sign out. The token is now invalid.
call 200 DELETE /api/session
call 401 GET /api/apps
echo 'the whole path works'
