#!/bin/sh
# What the official image's entry point does with its environment, as far as the shadow relies on it.
set -e
data=/data
mkdir -p $data
printf %s "$POSTGRES_PASSWORD" > /tmp/password
chown pg:pg $data /tmp/password
# shellcheck disable=SC2086
su pg -s /bin/sh -c "/native/bin/initdb -D $data -U $POSTGRES_USER --pwfile=/tmp/password $POSTGRES_INITDB_ARGS"
echo 'host all all all scram-sha-256' >> $data/pg_hba.conf
echo "listen_addresses = '*'" >> $data/postgresql.conf
shift
arguments=''
for argument in "$@"; do arguments="$arguments '$argument'"; done
exec su pg -s /bin/sh -c "exec /native/bin/postgres -D $data $arguments"
