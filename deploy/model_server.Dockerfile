# The model server with the trained artifact: the TensorFlow Lite runtime, not TensorFlow.
FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --uid 10001 --no-create-home marquee \
    && install -d -o marquee -g marquee /var/lib/marquee /keys/web /keys/model_server
WORKDIR /app
COPY model_server/requirements.txt model_server/requirements.txt
RUN pip install --no-cache-dir --disable-pip-version-check -r model_server/requirements.txt
COPY deploy/make_keys.sh deploy/with_keys.sh deploy/
COPY starter/artifact starter/artifact
COPY model_server model_server
ENV STATE_DIR=/var/lib/marquee
USER marquee
ENTRYPOINT ["sh", "deploy/with_keys.sh"]
CMD ["python", "-m", "model_server"]
