#!/usr/bin/env bash
# Makes the package of a later version, 1.1.0, with a migration that this version does not have, for try-upgrade.sh.
# Usage: make-later.sh FOLDER. It builds a copy of the last commit, so it takes as long as package.sh.
set -euo pipefail
target=$(realpath -m "${1:?where to?}")
cd "$(git -C "$(dirname "$0")" rev-parse --show-toplevel)"
work=$(mktemp -d)
trap 'git worktree remove --force "$work/tree"; rm -rf "$work"' EXIT
git worktree add --quiet --detach "$work/tree"
cd "$work/tree"
sed -i 's|<Version>.*</Version>|<Version>1.1.0</Version>|' Directory.Build.props
cat >src/MailAdmin.Core/Data/Sqlite/Migrations/29990101000000_Trial.cs <<'END'
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MailAdmin.Core.Data.Sqlite.Migrations;

[DbContext(typeof(SqliteMailContext))]
[Migration("29990101000000_Trial")]
public class Trial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("Trial", "Accounts", nullable: true);
        migrationBuilder.Sql("UPDATE \"Accounts\" SET \"Trial\" = 'migrated'");
    }
}
END
./package.sh "$target"
