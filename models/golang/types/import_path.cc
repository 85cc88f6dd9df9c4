// SPDX-License-Identifier: Apache-2.0
//
// Import paths: their form, and the names of the standard library.
// Source: "go help importpath"; the list of packages at pkg.go.dev/std.
#include "models/golang/types/import_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace heddle::golang::types {

std::string WrongImportPath(std::string_view path) {
  if (path.starts_with("/")) return "cannot import absolute path";
  if (path == "." || path == ".." || path.starts_with("./") || path.starts_with("../")) {
    return fmt::format(
        "\"{}\" is relative, but relative import paths are not supported in module mode", path);
  }
  for (size_t at = 0; at <= path.size();) {
    const size_t end = std::min(path.find('/', at), path.size());
    const std::string_view element = path.substr(at, end - at);
    if (element.empty() || element.starts_with(".")) {
      return fmt::format("malformed import path \"{}\": {}", path,
                         element.empty() ? "empty path element" : "leading dot in path element");
    }
    at = end + 1;
  }
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-./_~+").find(c) != std::string_view::npos;
    if (!plain) return fmt::format("malformed import path {:?}: invalid char {:?}", path, c);
  }
  return "";
}

bool IsStandardPackage(std::string_view path) {
  static constexpr std::string_view kPackages[] = {"archive/tar",
                                                   "archive/zip",
                                                   "bufio",
                                                   "bytes",
                                                   "cmp",
                                                   "compress/bzip2",
                                                   "compress/flate",
                                                   "compress/gzip",
                                                   "compress/lzw",
                                                   "compress/zlib",
                                                   "container/heap",
                                                   "container/list",
                                                   "container/ring",
                                                   "context",
                                                   "crypto",
                                                   "crypto/aes",
                                                   "crypto/cipher",
                                                   "crypto/des",
                                                   "crypto/dsa",
                                                   "crypto/ecdh",
                                                   "crypto/ecdsa",
                                                   "crypto/ed25519",
                                                   "crypto/elliptic",
                                                   "crypto/hmac",
                                                   "crypto/md5",
                                                   "crypto/rand",
                                                   "crypto/rc4",
                                                   "crypto/rsa",
                                                   "crypto/sha1",
                                                   "crypto/sha256",
                                                   "crypto/sha512",
                                                   "crypto/subtle",
                                                   "crypto/tls",
                                                   "crypto/x509",
                                                   "database/sql",
                                                   "database/sql/driver",
                                                   "debug/buildinfo",
                                                   "debug/dwarf",
                                                   "debug/elf",
                                                   "embed",
                                                   "encoding",
                                                   "encoding/ascii85",
                                                   "encoding/asn1",
                                                   "encoding/base32",
                                                   "encoding/base64",
                                                   "encoding/binary",
                                                   "encoding/csv",
                                                   "encoding/gob",
                                                   "encoding/hex",
                                                   "encoding/json",
                                                   "encoding/pem",
                                                   "encoding/xml",
                                                   "errors",
                                                   "expvar",
                                                   "flag",
                                                   "fmt",
                                                   "go/ast",
                                                   "go/build",
                                                   "go/constant",
                                                   "go/doc",
                                                   "go/format",
                                                   "go/importer",
                                                   "go/parser",
                                                   "go/printer",
                                                   "go/scanner",
                                                   "go/token",
                                                   "go/types",
                                                   "go/version",
                                                   "hash",
                                                   "hash/adler32",
                                                   "hash/crc32",
                                                   "hash/crc64",
                                                   "hash/fnv",
                                                   "hash/maphash",
                                                   "html",
                                                   "html/template",
                                                   "image",
                                                   "image/color",
                                                   "image/draw",
                                                   "image/gif",
                                                   "image/jpeg",
                                                   "image/png",
                                                   "index/suffixarray",
                                                   "io",
                                                   "io/fs",
                                                   "io/ioutil",
                                                   "iter",
                                                   "log",
                                                   "log/slog",
                                                   "log/syslog",
                                                   "maps",
                                                   "math",
                                                   "math/big",
                                                   "math/bits",
                                                   "math/cmplx",
                                                   "math/rand",
                                                   "math/rand/v2",
                                                   "mime",
                                                   "mime/multipart",
                                                   "net",
                                                   "net/http",
                                                   "net/http/httptest",
                                                   "net/http/httputil",
                                                   "net/http/pprof",
                                                   "net/mail",
                                                   "net/netip",
                                                   "net/rpc",
                                                   "net/smtp",
                                                   "net/textproto",
                                                   "net/url",
                                                   "os",
                                                   "os/exec",
                                                   "os/signal",
                                                   "os/user",
                                                   "path",
                                                   "path/filepath",
                                                   "plugin",
                                                   "reflect",
                                                   "regexp",
                                                   "regexp/syntax",
                                                   "runtime",
                                                   "runtime/cgo",
                                                   "runtime/coverage",
                                                   "runtime/debug",
                                                   "runtime/metrics",
                                                   "runtime/pprof",
                                                   "runtime/race",
                                                   "runtime/trace",
                                                   "slices",
                                                   "sort",
                                                   "strconv",
                                                   "strings",
                                                   "structs",
                                                   "sync",
                                                   "sync/atomic",
                                                   "syscall",
                                                   "testing",
                                                   "testing/fstest",
                                                   "testing/iotest",
                                                   "testing/quick",
                                                   "testing/slogtest",
                                                   "testing/synctest",
                                                   "text/scanner",
                                                   "text/tabwriter",
                                                   "text/template",
                                                   "text/template/parse",
                                                   "time",
                                                   "time/tzdata",
                                                   "unicode",
                                                   "unicode/utf16",
                                                   "unicode/utf8",
                                                   "unique",
                                                   "weak"};
  return std::binary_search(std::begin(kPackages), std::end(kPackages), path);
}

}  // namespace heddle::golang::types
