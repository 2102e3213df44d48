"""How the catalogues are filled, and filled anew."""

import gzip
import threading
from contextlib import closing

import pytest
from elasticsearch.helpers import BulkIndexError

from web.domain import StoreUnavailable
from web.stores import elastic_index
from web.stores.elastic_catalogue import ElasticCatalogue
from web.stores.elastic_index import is_current, keep_loading, load, stamp_of
from web.stores.sqlite_catalogue import SqliteCatalogue
from web.stores.sqlite_catalogue_file import make_current


class TestSqliteFile:
    def test_it_is_made_once(self, tmp_path, source):
        path = tmp_path / "catalogue.db"
        make_current(path, source)
        first = path.stat()
        make_current(path, source)
        assert path.stat().st_ino == first.st_ino

    def test_it_is_made_anew_from_other_data_while_readers_go_on(self, tmp_path, source, repeated):
        path = tmp_path / "made" / "catalogue.db"
        make_current(path, source)
        with closing(SqliteCatalogue(path, 10_000)) as reader:
            assert len(reader.movies([1, 47])) == 2
            make_current(path, repeated)
            assert len(reader.movies([1, 47])) == 2
        with closing(SqliteCatalogue(path, 10_000)) as reader:
            assert set(reader.movies([1, 1214])) == {1214}

    @pytest.mark.parametrize("content", [b"", b"not a database" * 999])
    def test_what_is_no_catalogue_is_made_anew(self, tmp_path, source, content):
        path = tmp_path / "catalogue.db"
        path.write_bytes(content)
        make_current(path, source)
        with closing(SqliteCatalogue(path, 10_000)) as store:
            assert set(store.movies([1])) == {1}

    def test_many_workers_at_once_make_one_file(self, tmp_path, source):
        path = tmp_path / "catalogue.db"
        workers = [threading.Thread(target=make_current, args=(path, source)) for _ in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        with closing(SqliteCatalogue(path, 10_000)) as store:
            assert set(store.movies([1])) == {1}
        assert list(tmp_path.glob("*.unfinished")) == []

    def test_a_source_that_is_broken_leaves_the_old_file(self, tmp_path, source, repeated):
        path = tmp_path / "catalogue.db"
        make_current(path, source)
        broken = gzip.compress(b'{"id": 1, "title": "Alien"}\n{"id": "two"}\n')
        (repeated.folder / "movies.jsonl.gz").write_bytes(broken)
        with pytest.raises(Exception, match=r"movies\.jsonl\.gz line 2"):
            make_current(path, repeated)
        with closing(SqliteCatalogue(path, 10_000)) as store:
            assert set(store.movies([47])) == {47}


class TestElasticIndex:
    def test_the_alias_leads_to_the_newest_data_alone(self, elastic, source, repeated):
        client, alias = elastic("marquee-test-switch")
        assert not is_current(client, alias, stamp_of(source))
        load(client, alias, source)
        assert is_current(client, alias, stamp_of(source))
        load(client, alias, repeated)
        assert is_current(client, alias, stamp_of(repeated))
        store = ElasticCatalogue(client, alias, threading.Event())
        assert set(store.movies([1, 1214])) == {1214}
        assert len(client.indices.get(index=f"{alias}-*").body) == 1

    def test_a_load_that_fails_leaves_the_old_index_and_nothing_else(
        self, elastic, source, monkeypatch
    ):
        client, alias = elastic("marquee-test-broken")
        load(client, alias, source)
        facts = elastic_index._found_by
        wrong = lambda place, movie: {**facts(place, movie), "year": "long ago"}  # noqa: E731
        monkeypatch.setattr(elastic_index, "_found_by", wrong)
        with pytest.raises(BulkIndexError):
            load(client, alias, source)
        assert len(client.indices.get(index=f"{alias}-*").body) == 1
        assert ElasticCatalogue(client, alias, threading.Event()).check() == ""

    def test_it_is_loaded_beside_us_until_it_is_current(self, elastic, source, is_over):
        client, alias = elastic("marquee-test-beside")
        store = ElasticCatalogue(client, alias, is_over)
        with pytest.raises(StoreUnavailable, match="no catalogue at marquee-test-beside yet"):
            store.check()
        with pytest.raises(StoreUnavailable, match="no catalogue at marquee-test-beside yet"):
            store.movies([1])
        keep_loading(client, alias, source, is_over)
        assert store.check() == ""
        keep_loading(client, alias, source, is_over)  # nothing to do: returns at once
        assert len(client.indices.get(index=f"{alias}-*").body) == 1


def test_loading_goes_on_while_the_server_is_away(source, is_over, monkeypatch):
    tries = []

    def load_if_old(client, alias, source) -> None:
        tries.append(alias)
        if len(tries) < 3:
            raise StoreUnavailable("not yet")

    monkeypatch.setattr(elastic_index, "load_if_old", load_if_old)
    monkeypatch.setattr(elastic_index, "RETRY_SECONDS", 0)
    keep_loading(None, "marquee", source, is_over)
    assert tries == ["marquee"] * 3
