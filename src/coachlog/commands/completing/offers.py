"""What can be typed in a place: clients with their names, records with a few words, rules, media."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from coachlog.commands.completing.call import CLIENT, PRACTICE, Call, Offer
from coachlog.errors import NoJournal
from coachlog.model.media import KNOWN
from coachlog.model.names import unaccented
from coachlog.store.index import is_as_kept, kept_anyway, open_index
from coachlog.store.layout import (
    CLIENT_FILE,
    CLIENT_FILES,
    client_file,
    client_folders,
    is_code,
    journal_above,
    journal_at,
)
from coachlog.store.settings import ALIASES, KEYS, Settings

RECORDS = "coachlog.commands.completing.records"
"""The module that reads the records of a client; names need none of it."""
NAMES = "coachlog.commands.desk.names"
"""The module that reads the name of a client who is not on file as they are."""
FILES: Sequence[Offer] = (Offer("files"),)
"""In this place a file or a folder is named: the shell knows them."""
DEFAULT_CLIENT = "COACHLOG_CLIENT"
WITH_PRACTICE = frozenset({"waive", "edit", "delete"})
"""The commands for which `practice` stands where a client does."""
_BY_OPTION = {"--via": "MEDIUM", "--client": "CLIENT"}
_OF_FILES = frozenset({"PATH", "FILE", "FOLDER"})
_OF_RECORDS = frozenset({"ID", "GOAL", "REFERRAL", "SPONSOR", "SESSION"})


def offers(call: Call, settings: Settings) -> Sequence[Offer]:
    """Give what can go on at the cursor; FILES where that is a file."""
    if call.wanted is None:
        return call.offered
    if call.wanted.choices:
        return [Offer(one) for one in call.wanted.choices]
    kinds = [_BY_OPTION[call.option]] if call.option in _BY_OPTION else call.wanted.kinds
    if _OF_FILES.issuperset(kinds):
        return FILES
    return [one for kind in kinds for one in _OFFERED.get(kind, _nothing)(call, settings)]


def _nothing(_: Call, __: Settings) -> Sequence[Offer]:
    return ()


def _records(call: Call, settings: Settings) -> Sequence[Offer]:
    """Give the records that an option names (`--done ID`), or an argument; first of all a client is named."""
    if call.wanted and CLIENT in call.wanted.kinds:
        return ()
    root = _journal(call, settings)
    code = _code(call, root, settings)
    found: Sequence[Offer] = import_module(RECORDS).records_of(root, code, call)
    return [one._replace(about="") for one in found] if call.hides else found


def _clients(call: Call, settings: Settings) -> Sequence[Offer]:
    """Give the clients by code, with their names; incognito none: most codes are names."""
    if call.hides:
        return ()
    found = [Offer(code, name, _starts(name)) for code, name in _names(_journal(call, settings)).items()]
    beyond = call.command in WITH_PRACTICE
    return [*found, Offer(PRACTICE, "coachlog.yaml")] if beyond else found


def _rules(call: Call, _: Settings) -> Sequence[Offer]:
    """Give the rules by code, and by name once something is typed that no code begins with."""
    rules = call.table.rules if call.table else ()
    by_code = [Offer(code, name) for code, name, _ in rules]
    typed = call.typed.casefold()
    by_name = [Offer(name, title) for _, name, title in rules]
    return by_code if any(one.fits(typed) for one in by_code) else by_name


def _media(call: Call, settings: Settings) -> Sequence[Offer]:
    root = _journal(call, settings)
    code = _code(call, root, settings)
    used = import_module(RECORDS).media_of(root, code) if code else ()
    return [Offer(one) for one in dict.fromkeys((*used, *KNOWN))]


def _helped(call: Call, _: Settings) -> Sequence[Offer]:
    if call.table is None:
        return ()
    heads = dict.fromkeys(name.split()[0] for name in call.table.commands)
    return [*map(Offer, heads), *(Offer(name, about) for name, about in call.table.topics.items())]


def _keys(call: Call, settings: Settings) -> Sequence[Offer]:
    """Give the settings, and the aliases with their words; incognito without these: they may name a client."""
    aliases = ((name, "" if call.hides else words) for name, words in settings.aliases.items())
    return [*map(Offer, KEYS), *(Offer(f"{ALIASES}.{name}", words) for name, words in aliases)]


def _journal_files(call: Call, _: Settings) -> Sequence[Offer]:
    """Give the files of a client by the names under which `edit` knows them."""
    return [Offer(name.removesuffix(".yaml")) for name in CLIENT_FILES if call.client != PRACTICE]


def _letters(call: Call, _: Settings) -> Sequence[Offer]:
    return [Offer(name, about) for name, about in (call.table.letters if call.table else ())]


_OFFERED: Mapping[str, Callable[[Call, Settings], Sequence[Offer]]] = {
    **dict.fromkeys(_OF_RECORDS, _records),
    "CLIENT": _clients,
    "RULE": _rules,
    "MEDIUM": _media,
    "RULES": _rules,
    "COMMAND": _helped,
    "KEY": _keys,
    "FILE": _journal_files,
    "KIND": _letters,
}
"""What is offered for what help calls by these names."""


def _journal(call: Call, settings: Settings) -> Path:
    """Give the journal that the line is about. Raises NoJournal."""
    if call.journal:
        return journal_at(Path(call.journal).expanduser())
    try:
        return journal_above(Path.cwd())
    except NoJournal:
        if "journal" not in settings.values:
            raise
    return journal_at(Path(settings.values["journal"]).expanduser())


def _names(root: Path) -> dict[str, str]:
    """Give every client's name: from the index where their file is as it was, else from the file."""
    index = open_index(root)
    rows = kept_anyway(index).get("rows", []) if index else []
    filed = {row[0]: row[1] for row in rows}
    names = {}
    for code in (folder.name for folder in client_folders(root) if is_code(folder.name)):
        known = index is not None and code in filed and is_as_kept(root, index, client_file(code, CLIENT_FILE))
        names[code] = filed[code] if known else import_module(NAMES).name_of(root, code)
    return names


def _code(call: Call, root: Path, settings: Settings) -> str | None:
    """Give the code of the client whom the line names; None where that is nobody, or several."""
    wanted = os.environ.get(DEFAULT_CLIENT, "") if call.client == "." else call.client
    if wanted == PRACTICE or any(one.name == wanted for one in client_folders(root)):
        return wanted
    typed = unaccented(wanted)
    found = [one.word for one in _clients(call._replace(hides=False), settings) if typed and one.fits(typed)]
    return found[0] if len(found) == 1 else None


def _starts(name: str) -> tuple[str, ...]:
    """Give what a beginning of the name may begin: the name from any of its words on."""
    folded = unaccented(name)
    return tuple(folded[word.start() :] for word in re.finditer(r"[^ -]+", folded))
