#!/usr/bin/env bash
# Makes the Debian package. Usage: ./package.sh FOLDER [PUBLISHED]: FOLDER gets mailadmin_VERSION_amd64.deb; PUBLISHED is a folder that publish.sh has
# made already. It needs debhelper, and no root. The version is that of Directory.Build.props; the package's files are in src/Packaging.
set -euo pipefail
target=$(realpath -m "${1:?where to?}")
published=${2:+$(realpath "$2")}
cd "$(dirname "$0")"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/mailadmin
cp -r src/Packaging "$tree"

if [ -z "$published" ]; then
  ./publish.sh "$tree/program"
else
  cp -r "$published" "$tree/program"
fi
# For debuggers of the runtime; the panel's own symbols stay, so that a stack has line numbers.
rm -f "$tree"/program/{createdump,libcoreclrtraceptprovider.so,libmscordaccore.so,libmscordbi.so}

LC_ALL=C.UTF-8 "$tree/program/mailadmin" manual "$tree/manual"
version=$(LC_ALL=C.UTF-8 "$tree/program/mailadmin" --version)
echo "$version" >"$tree/program/VERSION"

# The commit's time, so that the same commit gives the same package.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || date +%s)
export SOURCE_DATE_EPOCH
cat >"$tree/debian/changelog" <<END
mailadmin ($version) unstable; urgency=medium

  * docs/changelog.md of the source says what has changed.

 -- MailAdmin <maintainers@mailadmin.invalid>  $(LC_ALL=C date -R -u -d "@$SOURCE_DATE_EPOCH")
END

(cd "$tree" && dpkg-buildpackage --build=binary --no-sign --no-check-builddeps) >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
mkdir -p "$target"
cp "$work"/mailadmin_*.deb "$target"
ls "$target"/mailadmin_"$version"_*.deb
