# The browser parts, the binary, and an image that holds only that. It needs a PostgreSQL: set DATABASE_URL.
FROM node:22-bookworm-slim AS assets
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY app/web app/web
RUN npm run build

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=assets /src/app/web/static/dist app/web/static/dist
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -o /out/tayang ./cmd/tayang && mkdir /out/data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/tayang /usr/bin/tayang
COPY --from=build --chown=nonroot:nonroot /out/data /data
ENV TAYANG_ADDR=0.0.0.0:8080 TAYANG_DATA=/data
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/usr/bin/tayang"]
CMD ["serve"]
