# Not run yet: written and checked without a container engine at hand.
FROM node:24.22.3-bookworm-slim AS build
WORKDIR /build
COPY . .
# The package holds what runs and nothing else; beside it go its dependencies as the lock file has them.
RUN npm ci --no-audit --no-fund \
  && npm pack --pack-destination /tmp \
  && mkdir /app \
  && tar -xzf /tmp/tiebreak-eval-*.tgz -C /app --strip-components=1 \
  && npm prune --omit=dev \
  && mv node_modules /app/

FROM node:24.22.3-bookworm-slim
ENV NODE_ENV=production DATABASE_URL=/data/tiebreak.db PORT=8080
COPY --from=build /app /app
RUN ln -s /app/bin/tiebreak.mjs /usr/local/bin/tiebreak && install -d -o node -g node /data
WORKDIR /data
VOLUME /data
USER node
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/readyz').then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/bin/tiebreak.mjs"]
CMD ["serve", "--host", "0.0.0.0"]
