# Vivavoce in a container: the server, and PostgreSQL inside it unless DATABASE_URL names another one.
#
# Where this file was written no container engine runs, so the image itself was never built. What was done instead stands
# in docs/operating.md, "Container": its steps were carried out by hand in a bare Debian 13, and the server ran from the result.

# Any npm from 10 on will do; Node itself comes with what is installed.
FROM node:24-trixie-slim AS install
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No install script is needed. PostgreSQL 15 serves the tests alone, and Node's headers nobody.
RUN npm ci --omit=dev --ignore-scripts \
 && rm -rf node_modules/postgres-15-* node_modules/node-linux-*/include

FROM debian:trixie-slim
# libatomic1: the pinned Node wants it, and a slim Debian has it not.
# The user must stand in /etc/passwd, because PostgreSQL looks up the name of whoever starts it.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libatomic1 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin vivavoce \
 && install --directory --owner=vivavoce --group=vivavoce --mode=700 /data
WORKDIR /app
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    DATA_DIR=/data \
    PATH=/app/node_modules/.bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
COPY --from=install /app ./
COPY . .
# PostgreSQL's libraries lack the links that an npm package cannot hold. The server would make them at its first start,
# but its user may not write here.
RUN node --input-type=module -e "import { binaries } from '#platform/database/embedded/binaries.ts'; binaries(18)"
# So are the pages.
RUN node --input-type=module -e "import { buildWeb } from '#platform/web/build.ts'; await buildWeb(console.log)"
USER vivavoce
VOLUME /data
EXPOSE 3000
# The port opens when the migrations are through, hence the start period.
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "app/main.ts"]
