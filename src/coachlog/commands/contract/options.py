"""The options that the commands on contracts have in common."""

from typing import Annotated, Literal

import typer

Form = Literal["verbal", "email", "signed"]

Which = Annotated[
    str | None, typer.Option("--contract", metavar="ID", help="Which contract; default: the current one.")
]
Sessions = Annotated[int | None, typer.Option("--sessions", min=1, metavar="N", help="The set number of sessions.")]
Length = Annotated[str | None, typer.Option("--length", metavar="TIME", help='Of a session, such as "60 min".')]
Every = Annotated[str | None, typer.Option("--every", metavar="TIME", help='How often, such as "2 weeks".')]
FeeText = Annotated[
    str | None, typer.Option("--fee", metavar="MONEY", help='Such as "900 GBP" or "75 GBP per session".')
]
Starts = Annotated[str | None, typer.Option("--starts", metavar="DAY", help="The first day; default: when agreed.")]
Ends = Annotated[str | None, typer.Option("--ends", metavar="DAY", help="The last day; default: open.")]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help='Any term, such as between_sessions.via.email="24 h".'),
]
Agreed = Annotated[str | None, typer.Option("--agreed", metavar="DAY", help="The day on which it was agreed.")]
FormText = Annotated[Form | None, typer.Option("--form", help="How it was agreed.")]
