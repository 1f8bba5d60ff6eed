FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev
COPY . .
RUN npm run -s build

# What runs, and nothing else. tfjs-node is of no use without its native library, which only an install script would fetch;
# `--omit=optional` instead would take sharp's own libraries along.
RUN npm uninstall --omit=dev @tensorflow/tfjs-node \
  # Maps and types are for people; Node loads the .node.js bundles and the .wasm files of TensorFlow.js.
  && find dist node_modules -type f \( -name '*.map' -o -name '*.ts' -o -name '*.cts' -o -name '*.mts' \) -delete \
  && find node_modules/@tensorflow -type f -path '*/dist/*' ! -name '*.node.js' ! -name '*.wasm' -delete \
  && rm -rf node_modules/@tensorflow/tfjs-backend-wasm/wasm-out \
  # ONNX Runtime brings its library for every system, and an installer that nobody calls.
  && find node_modules/onnxruntime-node/bin -type f ! -path "*/linux/$(node -p process.arch)/*" -delete \
  && rm -rf node_modules/onnxruntime-node/script node_modules/onnxruntime-node/lib \
  # Of face-api two networks run here: no photos of its demo, and no network that tells who somebody is, how old or in what mood.
  && cd node_modules/@vladmandic/face-api \
  && find . -type f ! -name package.json ! -name LICENSE ! -name 'ssd_mobilenetv1_model*' ! -name 'face_landmark_68_model*' -delete \
  # Of libheif one build runs: WebAssembly beside its loader.
  && cd ../../libheif-js \
  && find . -type f ! -name package.json ! -name 'LICENSE*' ! -path './libheif-wasm/libheif.js' ! -path './libheif-wasm/libheif.wasm' -delete \
  && find /build/node_modules -type d -empty -delete
RUN mkdir /image && cp -a package.json dist node_modules templates /image/ \
  && for extra in LICENSE models; do [ ! -e "$extra" ] || cp -a "$extra" /image/; done \
  && chmod 755 /image/dist/main.cjs

FROM node:24-bookworm-slim
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Mayfly" \
  org.opencontainers.image.description="Self-hosted avatar effects that cannot keep a face" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}"

# Nothing in a running service installs packages. The two folders are mount points: the vault for a tmpfs, the data for a volume. They are not
# declared as VOLUME, because Docker would put a vault that nobody mounted on a disk, and keep it when the container is gone.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn* /opt/yarn* \
  && ln -s /app/dist/main.cjs /usr/local/bin/mayfly \
  && install -d -m 700 -o 1000 -g 1000 /vault /data
# Owned by root: the service cannot change its own code.
COPY --from=build /image /app

WORKDIR /app
# No jemalloc: no process lives long enough for its heap to fragment. Measured (docs/operating.md): the idle service has 507 MiB resident with
# glibc and 525 to 555 with jemalloc, and a photo takes no less time.
ENV NODE_ENV=production \
  HOST=0.0.0.0 \
  PORT=8080 \
  MAYFLY_VAULT_DIR=/vault \
  MAYFLY_DATA_DIR=/data \
  MAYFLY_TEMPLATES_DIR=/app/templates
EXPOSE 8080
# The image's user "node", by number, so that an orchestrator can see that it is not root.
USER 1000:1000
# Node is process 1 and reaps its own children; SIGTERM begins the ordered end.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 CMD ["mayfly", "selfcheck", "--server"]
# A small young generation: what lives as long as the service stays as small as it was on its first day. Receivers inherit it.
ENTRYPOINT ["node", "--max-semi-space-size=1", "/app/dist/main.cjs"]
CMD ["serve"]
