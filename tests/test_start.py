"""Starting: what is missing is made, what is wrong is said in a sentence, nothing is done twice."""

import os
import re
import runpy
import socket
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection

from innerbloom import container, serve
from innerbloom.management.commands import prepare
from jobs.mail import is_set_up
from pages.models import HomePage
from tests import factories

ROOT = Path(__file__).resolve().parent.parent
USERS = get_user_model().objects

# --- The first administrator ------------------------------------------------------


@pytest.fixture
def without_preset(monkeypatch):
    for name in ("ADMIN_EMAIL", "ADMIN_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


def ensureadmin():
    """What the command says."""
    output = StringIO()
    call_command("ensureadmin", stdout=output, stderr=output)
    return output.getvalue()


def password_in(text):
    return re.search(r"Password +(\S+)", text)[1]


@pytest.mark.each_database
def test_the_first_run_makes_an_administrator_and_shows_a_password_that_works(db, without_preset):
    said = ensureadmin()
    user = authenticate(username="admin@localhost", password=password_in(said))
    assert user.is_superuser
    assert "Shown only this once" in said
    assert len(password_in(said)) >= 16


@pytest.mark.each_database
def test_the_second_run_shows_no_password_and_changes_nothing(db, without_preset):
    password = password_in(ensureadmin())
    before = USERS.values().get()
    said = ensureadmin()
    assert password not in said
    assert "Password" not in said
    assert USERS.values().get() == before


def test_no_two_installations_share_a_password(db, without_preset):
    first = password_in(ensureadmin())
    USERS.all().delete()
    assert password_in(ensureadmin()) != first


@pytest.mark.each_database
def test_a_given_password_is_used_and_not_shown(db, monkeypatch):
    monkeypatch.setenv("ADMIN_EMAIL", "Owner@Example.org")
    monkeypatch.setenv("ADMIN_PASSWORD", "given-by-hand")
    said = ensureadmin()
    assert "given-by-hand" not in said
    assert authenticate(username="owner@example.org", password="given-by-hand").is_superuser


@pytest.mark.each_database
def test_an_account_without_rights_is_given_none(db, without_preset):
    user = USERS.create_user("admin@localhost", "its-own-password")
    said = ensureadmin()
    user.refresh_from_db()
    assert not user.is_superuser
    assert "createsuperuser" in said


def test_an_administrator_who_was_shut_out_is_not_let_in_again(db, without_preset):
    USERS.create_superuser("admin@localhost", "its-own-password", is_active=False)
    ensureadmin()
    assert not USERS.get().is_active


# --- Preparing -------------------------------------------------------------------------


@pytest.mark.each_database
def test_preparing_again_changes_nothing(db, without_preset, monkeypatch):
    factories.home()
    factories.administrator()
    before = USERS.values().get()
    output = StringIO()
    call_command("prepare", skip_static=True, stdout=output)
    assert "up to date" in output.getvalue()
    assert "There is a site already" in output.getvalue()
    assert "Password" not in output.getvalue()
    assert USERS.values().get() == before


def test_a_database_that_does_not_answer_is_said_in_a_sentence(monkeypatch):
    def fail(self):
        raise OperationalError("could not connect to server")

    monkeypatch.setattr(prepare.Command, "migrate", fail)
    with pytest.raises(CommandError, match="The database cannot be used: could not connect"):
        call_command("prepare", skip_static=True)


def test_static_files_are_collected_only_when_they_have_changed(db, settings, tmp_path, monkeypatch):
    settings.STATIC_ROOT = tmp_path
    monkeypatch.setattr(prepare, "call_command", lambda *args, **kwargs: None)
    output = StringIO()
    command = prepare.Command(stdout=output)
    command.collect()
    command.collect()
    monkeypatch.setattr(prepare.Command, "fingerprint", staticmethod(lambda: "changed"))
    command.collect()
    assert re.findall(r"collected|up to date", output.getvalue()) == ["collected", "up to date", "collected"]


@pytest.mark.parametrize(
    "source",
    [
        "static/css/base.css",
        "media/static/media/consent.js",
        "requirements.txt",
        "clinic/crisis_contacts.py",
        "innerbloom/settings.py",
        "templates/error_plain.html",
        "templates/components/crisis_contacts.html",
    ],
)
def test_a_change_in_what_static_files_are_made_of_is_noticed(source, settings, tmp_path):
    settings.BASE_DIR = tmp_path
    before = prepare.Command.fingerprint()
    (tmp_path / source).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / source).write_text("changed", encoding="utf-8")
    assert prepare.Command.fingerprint() != before


# --- Settings ------------------------------------------------------------------------


@pytest.fixture
def configured(monkeypatch, tmp_path):
    """Reads settings.py afresh with some variables changed; None takes one away."""

    def read(**variables):
        for name in ("DATABASE_URL", "TIME_ZONE", "EMAIL_URL", "EXTRA_HOSTS", "SECRET_KEY_FILE", "STATIC_ROOT"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("DATA_DIR", str(tmp_path))
        for name, value in variables.items():
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "innerbloom" / "settings.py"))

    return read


@pytest.mark.parametrize("scheme", ["consolemail://", "dummymail://", "memorymail://", "filemail:///tmp/mail", None])
def test_what_brings_mail_to_nobody_is_no_mail_server(configured, settings, scheme):
    settings.MAIL_TRANSPORT_BACKEND = configured(EMAIL_URL=scheme, DEBUG="1")["MAIL_TRANSPORT_BACKEND"]
    assert not is_set_up()
    assert "console" not in settings.MAIL_TRANSPORT_BACKEND
    settings.MAIL_TRANSPORT_BACKEND = configured(EMAIL_URL="smtp://host", DEBUG="1")["MAIL_TRANSPORT_BACKEND"]
    assert is_set_up()


def test_production_does_not_start_without_a_secret_key(configured):
    with pytest.raises(ImproperlyConfigured, match="Set SECRET_KEY"):
        configured(SECRET_KEY=None)


def test_a_key_that_was_made_before_is_found(configured, tmp_path):
    (tmp_path / "secret-key").write_text("made-before\n")
    assert configured(SECRET_KEY=None)["SECRET_KEY"] == "made-before"


def test_an_empty_key_file_is_no_key(configured, tmp_path):
    (tmp_path / "secret-key").write_text("")
    with pytest.raises(ImproperlyConfigured, match="Set SECRET_KEY"):
        configured(SECRET_KEY=None)


@pytest.mark.parametrize(
    "url",
    ["example.org", "//example.org", "ftp://example.org", "https://example.org/path", "https://example.org?x=1"]
    + ["https://user:word@example.org", "https://exa mple.org", "https://bücher.example", "https://", "http://["]
    + ["http://example.org:port", "http://example.org:99999", "http://example.org:0", "https://a..b", "https://*"],
)
def test_an_odd_site_url_is_named_with_an_example(url, configured):
    with pytest.raises(ImproperlyConfigured, match=r"SITE_URL must look like https://www\.example\.org"):
        configured(SITE_URL=url)


@pytest.mark.parametrize(
    ("url", "origin", "host", "port"),
    [
        ("https://www.example.org", "https://www.example.org", "www.example.org", 443),
        (" HTTPS://WWW.Example.org/ ", "https://www.example.org", "www.example.org", 443),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000", "127.0.0.1", 8000),
        ("http://[::1]:8000", "http://[::1]:8000", "[::1]", 8000),
    ],
)
def test_a_site_url_decides_host_port_and_strictness(url, origin, host, port, configured):
    settings = configured(SITE_URL=url)
    assert settings["SITE_URL"] == origin
    assert host in settings["ALLOWED_HOSTS"]
    assert settings["SITE_PORT"] == port
    assert settings["SECURE_SSL_REDIRECT"] == settings["SESSION_COOKIE_SECURE"] == origin.startswith("https")


@pytest.mark.parametrize(
    "url",
    [
        "garbage",
        "mysql://user:secret@host/name",
        "postgres://user:secret@host:port/name",
        "postgres://",
        "postgres://host",
    ]
    + ["postgres://user:secret@[host/name"],
)
def test_an_odd_database_url_is_told_without_its_password(url, configured):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must look like postgres://") as refused:
        configured(DATABASE_URL=url)
    assert "secret" not in str(refused.value)


def test_a_database_url_with_a_coded_password_is_understood(configured):
    database = configured(DATABASE_URL="postgres://user:p%40ss@host:5433/name")["DATABASES"]["default"]
    assert (database["ENGINE"], database["PASSWORD"]) == ("django.db.backends.postgresql", "p@ss")


@pytest.mark.parametrize(
    ("name", "value"),
    [("TIME_ZONE", "Mars/Base"), ("TIME_ZONE", "/etc/passwd"), ("DEBUG", "maybe"), ("BEHIND_PROXY", "2")]
    + [("EMAIL_URL", "garbage"), ("EMAIL_URL", "smtp://host:port"), ("SECRET_KEY_FILE", "/nothing/here")],
)
def test_an_odd_value_names_its_variable(name, value, configured):
    with pytest.raises(ImproperlyConfigured, match=name):
        configured(**{"SECRET_KEY": None if name == "SECRET_KEY_FILE" else "x", name: value})


def test_an_empty_line_means_as_by_default(configured, tmp_path):
    names = [
        "SITE_URL",
        "DATABASE_URL",
        "STATIC_ROOT",
        "EMAIL_URL",
        "TIME_ZONE",
        "EXTRA_HOSTS",
        "DEBUG",
        "BEHIND_PROXY",
    ]
    settings = configured(**dict.fromkeys([*names, "DEFAULT_FROM_EMAIL"], ""))
    assert settings["SITE_URL"] == "http://127.0.0.1:8000"
    assert settings["STATIC_ROOT"] == tmp_path / "static"
    assert settings["DATABASES"]["default"]["NAME"] == str(tmp_path / "db.sqlite3")
    assert settings["TIME_ZONE"] == "America/Los_Angeles"
    assert settings["DEBUG"] is False


def test_an_empty_data_dir_is_not_the_folder_one_stands_in(configured):
    assert configured(DATA_DIR="", SECRET_KEY="x")["DATA_DIR"] == ROOT / "var"


def test_further_hosts_may_have_blanks_around_them(configured):
    assert {"a.example", "b.example"} <= set(configured(EXTRA_HOSTS=" a.example, b.example ,")["ALLOWED_HOSTS"])


# --- Serving -------------------------------------------------------------------------


@pytest.fixture
def environment(monkeypatch, tmp_path):
    """An environment that `serve` may complete: restored after the test."""
    monkeypatch.setattr(os, "environ", {**os.environ, "DATA_DIR": str(tmp_path / "data"), "SITE_URL": ""})
    for name in ("HOST", "PORT", "WEB_CONCURRENCY", "THREADS", "SECRET_KEY"):
        os.environ.pop(name, None)
    return os.environ


def refusal(capsys, **variables):
    """What `serve` says when it does not start."""
    os.environ.update(variables)
    assert serve.main([]) == 2
    return capsys.readouterr().err


@pytest.mark.parametrize("port", ["abc", "0", "-1", "65536", "8000 ", "8e3", "８０００", "1.5"])
def test_an_odd_port_is_refused_in_a_sentence(port, environment, capsys):
    assert "PORT must be a whole number from 1 to 65535" in refusal(capsys, PORT=port)


@pytest.mark.parametrize("host", ["nowhere.invalid", "999.1.1.1", "203.0.113.7", "a" * 70, "..", "\u2028"])
def test_an_odd_host_is_refused_in_a_sentence(host, environment, capsys):
    assert "HOST must be an address of this machine" in refusal(capsys, HOST=host)


def test_a_busy_port_is_said_before_the_long_work(environment, capsys, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        assert f"Port {port} on 127.0.0.1 is in use" in refusal(capsys, PORT=str(port))
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("name", ["WEB_CONCURRENCY", "THREADS"])
def test_odd_numbers_of_processes_are_refused_in_a_sentence(name, environment, capsys):
    assert f"{name} must be a whole number from 1 to 64" in refusal(capsys, **{name: "many"})


def test_a_data_folder_that_is_a_file_is_refused_in_a_sentence(environment, capsys, tmp_path):
    (tmp_path / "file").write_text("")
    said = refusal(capsys, DATA_DIR=str(tmp_path / "file"), PORT=free_port())
    assert f"The data folder {tmp_path / 'file'} cannot be used" in said


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as door:
        return str(door.getsockname()[1])


def test_the_address_follows_host_and_port_where_none_is_given(environment):
    os.environ["PORT"] = port = free_port()
    serve.read_environment(dev=False)
    assert os.environ["SITE_URL"] == f"http://127.0.0.1:{port}"


def test_a_secret_key_is_made_once_for_its_owner_only(environment, tmp_path, capsys):
    os.environ.pop("SECRET_KEY_FILE", None)
    serve.make_secret_key(tmp_path)
    made = tmp_path / "secret-key"
    key = made.read_text()
    os.environ.pop("SECRET_KEY_FILE")
    serve.make_secret_key(tmp_path)
    assert made.read_text() == key
    assert len(key) >= 50
    assert made.stat().st_mode & 0o077 == 0
    assert key not in capsys.readouterr().out


def run(*command, **variables):
    """Runs a program of the site with some variables; (exit code, all it says)."""
    result = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return result.returncode, result.stdout + result.stderr


def test_a_wrong_setting_ends_manage_py_with_a_sentence(tmp_path):
    code, said = run("manage.py", "check", SECRET_KEY="", DATA_DIR=str(tmp_path))
    assert code == 1
    assert said.startswith("Settings: Set SECRET_KEY")
    assert "Traceback" not in said


def test_a_wrong_setting_ends_the_server_with_a_sentence(tmp_path):
    variables = {"SITE_URL": "example.org", "DATA_DIR": str(tmp_path), "PORT": free_port(), "HOST": "127.0.0.1"}
    code, said = run("-m", "innerbloom.serve", **variables)
    assert code == 1
    assert "Settings: SITE_URL must look like https://www.example.org" in said
    assert "Traceback" not in said


def test_a_file_that_is_no_database_is_said_in_a_sentence(tmp_path):
    (tmp_path / "db.sqlite3").write_text("These are not the data you are looking for. " * 100)
    variables = {"DATABASE_URL": "", "DATA_DIR": str(tmp_path)}
    code, said = run("manage.py", "prepare", "--skip-static", **variables)
    assert code == 1
    assert "The database cannot be used" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("role", ["web", "healthy"])
def test_a_container_says_what_is_wrong_with_its_port(role, environment, capsys):
    os.environ["PORT"] = "http"
    assert container.main(role) == 2
    assert "PORT must be a whole number" in capsys.readouterr().err


@pytest.mark.each_database
def test_health_is_told_from_the_database(client, db, monkeypatch):
    assert client.get("/healthz").content == b"ok"

    def fail():
        raise OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", fail)
        assert client.get("/healthz").status_code == 503


# --- Names of variables -----------------------------------------------------------------

# Of Python, Django and continuous integration, not of this site.
FOREIGN = {
    "PYTEST_XDIST_TESTRUNUID",
    "DJANGO_SETTINGS_MODULE",
    "PYTHONUNBUFFERED",
    "POSTGRES_USER",
    "POSTGRES_DB",
    "PATH",
    "CI",
}


def names_in_code():
    """The variables that the code of the site, its tests and its containers read."""
    reading = re.compile(r'(?:env\.\w+|environ(?:\.get|\.pop)?|_switch|\bread_number)[(\[]\s*"([A-Z_]+)"')
    folders = ["innerbloom", "accounts", "core", "tools", "editorial", "starter", "tests"]
    sources = [
        path for folder in folders for path in (ROOT / folder).rglob("*.py") if not path.name.startswith("test_")
    ]
    found = {name for path in sources for name in reading.findall(path.read_text(encoding="utf-8"))}
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    return (found | set(re.findall(r"\$\{([A-Z_]+)", compose))) - FOREIGN


def test_code_example_and_readme_name_the_same_variables():
    example = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.M))
    settings = (ROOT / "README.md").read_text(encoding="utf-8").split("## Settings")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in settings.splitlines() if line.startswith("| `")]
    readme = {name for cell in rows for name in re.findall(r"`([A-Z_]+)`", cell)}
    assert names_in_code() == example == readme


def test_the_values_shown_in_the_example_are_the_defaults(configured):
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    shown = dict(line.removeprefix("#").split("=", 1) for line in lines if re.match(r"#?[A-Z_]+=.", line))
    relevant = {name: shown[name] for name in ("SITE_URL", "EMAIL_URL", "TIME_ZONE", "DEBUG", "BEHIND_PROXY")}
    as_shown = configured(**relevant)
    by_default = configured(**dict.fromkeys(relevant))
    for name in ("SITE_URL", "MAIL_TRANSPORT_BACKEND", "TIME_ZONE", "DEBUG", "ALLOWED_HOSTS"):
        assert as_shown[name] == by_default[name], name


def test_a_container_loads_starter_texts_only_when_told(monkeypatch):
    monkeypatch.delenv("STARTER", raising=False)
    assert "--skip-starter" in container.preparation()
    monkeypatch.setenv("STARTER", "1")
    assert "--skip-starter" not in container.preparation()


@pytest.mark.each_database
def test_a_site_that_began_without_starter_texts_still_answers(client, empty_site):
    call_command("prepare", skip_static=True, skip_starter=True, stdout=StringIO(), stderr=StringIO())
    assert not HomePage.objects.exists()
    assert client.get("/").status_code in {200, 404}
    assert 'href="tel:988"' in client.get("/nothing/").content.decode()
