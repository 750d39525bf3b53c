// SPDX-License-Identifier: Apache-2.0
#include "core/http/charset.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <iconv.h>
#include <utility>

namespace understudy::http {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// One conversion of the C library.
class Converter
{
public:
    Converter(const std::string &to, const std::string &from)
        : m_handle(iconv_open(to.c_str(), from.c_str()))
    {}
    ~Converter()
    {
        if (isKnown())
            iconv_close(m_handle);
    }
    Converter(const Converter &) = delete;
    Converter &operator=(const Converter &) = delete;

    bool isKnown() const { return m_handle != reinterpret_cast<iconv_t>(-1); }

    /// Converts all of `in`; `skip` says how many bytes a character takes that cannot be converted,
    /// and `instead` what is written for it. Returns how many of those there were.
    template<class Skip>
    std::size_t run(std::string_view in, std::string &out, std::string_view instead, Skip skip)
    {
        std::size_t failures = 0;
        std::array<char, 4096> buffer{};
        char *from = const_cast<char *>(in.data());
        std::size_t left = in.size();
        bool isFlushing = false;
        while (true) {
            char *to = buffer.data();
            std::size_t room = buffer.size();
            const std::size_t result = isFlushing ? iconv(m_handle, nullptr, nullptr, &to, &room)
                                                  : iconv(m_handle, &from, &left, &to, &room);
            const int code = errno;
            out.append(buffer.data(), buffer.size() - room);
            if (result != static_cast<std::size_t>(-1)) {
                if (isFlushing)
                    return failures;
                isFlushing = true; // shift sequences at the end
            } else if (code != E2BIG) {
                if (left == 0 || isFlushing)
                    return failures;
                ++failures;
                out += instead;
                const std::size_t n = std::min(left, std::max<std::size_t>(1, skip(from, left)));
                from += n;
                left -= n;
            }
        }
    }

private:
    iconv_t m_handle;
};

/// What iconv is to be asked for: the names it knows, and a byte order where there is a choice.
std::string nameFor(std::string_view charset, std::string_view bytes)
{
    std::string name = text::toUpper(text::trim(charset));
    const bool isWide = name == "UTF-16" || name == "UTF-32" || name == "UCS-2" || name == "UTF16";
    if (isWide && charsetOfMark(bytes).empty() && bytes.size() >= 2) {
        if (name == "UTF16")
            name = "UTF-16";
        name += bytes[0] != '\0' && bytes[1] == '\0' ? "LE" : "BE";
    }
    return name;
}

std::size_t unitOf(std::string_view name)
{
    if (name.starts_with("UTF-16") || name.starts_with("UCS-2"))
        return 2;
    return name.starts_with("UTF-32") ? 4 : 1;
}

bool isName(std::string_view charset)
{
    // iconv reads "//TRANSLIT" and paths behind a slash.
    return !charset.empty() && charset.size() < 64
           && charset.find_first_of("/, \t") == std::string_view::npos;
}

} // namespace

bool isUtf8Charset(std::string_view charset)
{
    charset = text::trim(charset);
    return charset.empty() || text::equalsIgnoreCase(charset, "utf-8")
           || text::equalsIgnoreCase(charset, "utf8") || text::equalsIgnoreCase(charset, "us-ascii")
           || text::equalsIgnoreCase(charset, "ascii");
}

std::string_view charsetOfMark(std::string_view bytes)
{
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xEF\xBB\xBF"sv))
        return "UTF-8";
    if (bytes.starts_with("\xFF\xFE\0\0"sv) || bytes.starts_with("\0\0\xFE\xFF"sv))
        return "UTF-32";
    if (bytes.starts_with("\xFF\xFE"sv) || bytes.starts_with("\xFE\xFF"sv))
        return "UTF-16";
    return {};
}

std::optional<std::string> toUtf8(std::string_view bytes, std::string_view charset)
{
    if (!isName(text::trim(charset)))
        return std::nullopt;
    const std::string name = nameFor(charset, bytes);
    Converter converter("UTF-8", name);
    if (!converter.isKnown())
        return std::nullopt;
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    const std::size_t unit = unitOf(name);
    converter.run(bytes, out, kReplacement, [unit](const char *, std::size_t) { return unit; });
    if (out.starts_with("\xEF\xBB\xBF"))
        out.erase(0, 3);
    // The C library lets characters through that are none (RFC 3629 section 3).
    return text::asUtf8(std::move(out));
}

std::optional<EncodedText> fromUtf8(std::string_view utf8, std::string_view charset)
{
    if (!isName(text::trim(charset)))
        return std::nullopt;
    const std::string name = text::toUpper(text::trim(charset));
    Converter converter(name, "UTF-8");
    if (!converter.isKnown())
        return std::nullopt;
    EncodedText out;
    // "?" is what every charset has that a server may announce; the wide ones can write all.
    out.unrepresentable = converter.run(
        utf8, out.bytes, unitOf(name) == 1 ? "?" : "", [](const char *from, std::size_t left) {
            std::size_t n = 1;
            while (n < left && (static_cast<unsigned char>(from[n]) & 0xC0U) == 0x80U)
                ++n;
            return n;
        });
    return out;
}

} // namespace understudy::http
