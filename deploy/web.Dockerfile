# The web process with its page. No TensorFlow, no numpy, no Node in what is served from.
FROM node:24.19.0-bookworm-slim AS page
WORKDIR /page
COPY frontend/package.json frontend/package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY frontend ./
RUN npm run build

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --uid 10001 --no-create-home marquee \
    && install -d -o marquee -g marquee /var/lib/marquee
WORKDIR /app
COPY web/requirements.txt web/requirements.txt
RUN pip install --no-cache-dir --disable-pip-version-check -r web/requirements.txt
COPY model_server/__init__.py model_server/addresses.py model_server/filters.py model_server/protocol.py \
     model_server/client.py model_server/
COPY deploy/__init__.py deploy/leash.py deploy/gunicorn.conf.py deploy/with_keys.sh deploy/
COPY starter/catalogue starter/catalogue
COPY web web
COPY --from=page /page/dist frontend/dist
ENV HOST=0.0.0.0 PORT=8000 STATE_DIR=/var/lib/marquee
EXPOSE 8000
USER marquee
ENTRYPOINT ["sh", "deploy/with_keys.sh"]
CMD ["python", "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "web.wsgi:app"]
