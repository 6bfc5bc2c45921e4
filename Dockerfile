# The website in a container: `web` (default), `jobs`, `migrate`, or any command of manage.py.

FROM python:3.12-slim AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
COPY requirements.txt /tmp/
RUN /venv/bin/pip install --require-hashes --requirement /tmp/requirements.txt

FROM python:3.12-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    DATA_DIR=/data \
    STATIC_ROOT=/static
RUN groupadd --system --gid 10001 site \
    && useradd --system --uid 10001 --gid site --home-dir /data site \
    && install --directory --owner=site --group=site /data
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
# The key of this one command signs nothing.
RUN SECRET_KEY=collectstatic python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q .
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
    CMD ["python", "-m", "innerbloom.container", "healthy"]
ENTRYPOINT ["python", "-m", "innerbloom.container"]
CMD ["web"]
