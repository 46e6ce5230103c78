# Caseboard as an image: no root, no build tools, nothing to write but /stories and /tmp.
#   docker build -t caseboard .
#   docker run --rm --read-only --tmpfs /tmp --cap-drop ALL -p 8501:8501 -v stories:/stories caseboard

FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY .streamlit .streamlit
COPY geo geo
COPY dashboard dashboard
RUN pip wheel --no-deps --wheel-dir /wheels .
# Without pip of its own: nothing can be added to it later.
RUN python -m venv --without-pip /board && pip --python /board/bin/python install /wheels/*.whl
# A new volume takes over the owner of the folder it is mounted on.
RUN install -d -m 0700 -o 10001 -g 10001 /stories

FROM python:3.11-slim
COPY --from=build /board /board
COPY --from=build --chown=10001:10001 /stories /stories
ENV HOME=/tmp PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 CASEBOARD_STORIES=/stories
USER 10001:10001
WORKDIR /stories
VOLUME /stories
EXPOSE 8501
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["/board/bin/python", "-c", "import os, urllib.request; below = os.environ.get('STREAMLIT_SERVER_BASE_URL_PATH', '').strip('/'); urllib.request.urlopen('http://127.0.0.1:8501' + (below and '/' + below) + '/healthz', timeout=4)"]
CMD ["/board/bin/caseboard", "open", "--host", "0.0.0.0", "--port", "8501", "--no-browser"]
