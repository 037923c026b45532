package matchback.console.pages;

import matchback.console.ConsoleConfig;
import matchback.console.ConsoleContext;
import matchback.console.PathPrefix;
import matchback.console.api.CatalogEditor;
import matchback.console.people.Access;

/// What all pages of a console share.
record Site(
        ConsoleContext context,
        ConsoleConfig config,
        PathPrefix prefix,
        Access access,
        Texts texts,
        Assets assets,
        Templates templates,
        CatalogEditor editor,
        HeldCount held) {}
