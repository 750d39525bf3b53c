// SPDX-License-Identifier: Apache-2.0
#include "core/match/body_decoder.h"

#include "core/base/text.h"
#include "core/http/charset.h"
#include "core/match/multipart.h"

#include <brotli/decode.h>
#include <zlib.h>

#include <array>
#include <memory>
#include <vector>

namespace understudy {

namespace {

enum class Inflated { Whole, Broken, TooLarge };

// 32: zlib tells its own wrapper and gzip's apart; negative: there is none.
constexpr int kAnyWrapper = 15 + 32;
constexpr int kNoWrapper = -15;

Inflated inflateAll(std::string_view bytes, int window, std::size_t limit, std::string &out)
{
    out.clear();
    z_stream stream{};
    if (inflateInit2(&stream, window) != Z_OK)
        return Inflated::Broken;
    const std::unique_ptr<z_stream, int (*)(z_stream *)> end(&stream, inflateEnd);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::array<char, 16384> buffer{};
    while (true) {
        stream.next_out = reinterpret_cast<Bytef *>(buffer.data());
        stream.avail_out = buffer.size();
        const int status = inflate(&stream, Z_NO_FLUSH);
        out.append(buffer.data(), buffer.size() - stream.avail_out);
        if (out.size() > limit) {
            out.resize(limit);
            return Inflated::TooLarge;
        }
        if (status == Z_STREAM_END) {
            if (stream.avail_in == 0)
                return Inflated::Whole;
            // RFC 1952 section 2.2: members may follow one another.
            if (window != kAnyWrapper || inflateReset(&stream) != Z_OK)
                return Inflated::Broken;
        } else if (status != Z_OK || stream.avail_in == 0) {
            if (status == Z_OK && stream.avail_out == 0)
                continue;
            return Inflated::Broken;
        }
    }
}

Inflated unbrotli(std::string_view bytes, std::size_t limit, std::string &out)
{
    out.clear();
    const std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState *)> state(
        BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance);
    const auto *in = reinterpret_cast<const std::uint8_t *>(bytes.data());
    std::size_t left = bytes.size();
    std::array<std::uint8_t, 16384> buffer{};
    while (state) {
        std::uint8_t *to = buffer.data();
        std::size_t room = buffer.size();
        const BrotliDecoderResult result
            = BrotliDecoderDecompressStream(state.get(), &left, &in, &room, &to, nullptr);
        out.append(reinterpret_cast<const char *>(buffer.data()), buffer.size() - room);
        if (out.size() > limit) {
            out.resize(limit);
            return Inflated::TooLarge;
        }
        if (result == BROTLI_DECODER_RESULT_SUCCESS)
            return left == 0 ? Inflated::Whole : Inflated::Broken;
        if (result != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT)
            break;
    }
    return Inflated::Broken;
}

Inflated removeOne(std::string_view coding, std::string_view bytes, std::size_t limit,
                   std::string &out)
{
    if (coding == "br")
        return unbrotli(bytes, limit, out);
    const Inflated wrapped = inflateAll(bytes, kAnyWrapper, limit, out);
    if (coding != "deflate" || wrapped != Inflated::Broken)
        return wrapped;
    std::string bare;
    const Inflated unwrapped = inflateAll(bytes, kNoWrapper, limit, bare);
    if (unwrapped != Inflated::Broken || bare.size() > out.size())
        out = std::move(bare);
    return unwrapped;
}

bool isTextType(std::string_view type)
{
    if (type.empty() || type.starts_with("text/"))
        return true;
    for (const std::string_view kind :
         {"json", "xml", "x-www-form-urlencoded", "javascript", "yaml"}) {
        if (type.find(kind) != std::string_view::npos)
            return true;
    }
    return false;
}

} // namespace

Result<std::optional<std::string>> removeCodings(std::string_view contentEncoding,
                                                 std::string_view bytes, std::size_t limit,
                                                 std::string *partial)
{
    std::vector<std::string> codings;
    for (const std::string_view entry : text::split(contentEncoding, ',')) {
        std::string coding = text::toLower(text::trim(entry));
        if (coding == "x-gzip")
            coding = "gzip";
        if (coding.empty() || coding == "identity")
            continue;
        if (coding != "gzip" && coding != "deflate" && coding != "br")
            return Error{
                ErrorCode::Unsupported, "the content coding '" + coding + "' is not known", {}};
        codings.push_back(std::move(coding));
    }
    std::optional<std::string> out;
    if (bytes.empty())
        return out;
    if (codings.size() > 4)
        return Error{ErrorCode::Limit, "more than 4 content codings", {}};
    for (auto coding = codings.rbegin(); coding != codings.rend(); ++coding) {
        std::string next;
        const Inflated result
            = removeOne(*coding, out ? std::string_view(*out) : bytes, limit, next);
        if (result == Inflated::Whole) {
            out = std::move(next);
            continue;
        }
        if (partial)
            *partial = std::move(next);
        if (result == Inflated::TooLarge)
            return Error{ErrorCode::Limit,
                         "the body is larger than " + std::to_string(limit / 1024 / 1024)
                             + " MiB without its " + *coding + " coding",
                         {}};
        return Error{ErrorCode::Syntax, "the body is not whole " + *coding, {}};
    }
    return out;
}

std::string charsetOf(std::string_view contentType, std::string_view body)
{
    std::string charset = headerParameter(contentType, "charset");
    const std::string_view mark = http::charsetOfMark(body);
    if (!charset.empty())
        return http::isUtf8Charset(charset) && mark != "UTF-8" ? std::string() : charset;
    const std::string type = text::toLower(
        text::trim(contentType.substr(0, std::min(contentType.find(';'), contentType.size()))));
    return isTextType(type) ? std::string(mark) : std::string();
}

std::optional<std::string> bodyAsUtf8(std::string_view contentType, std::string_view body)
{
    const std::string charset = charsetOf(contentType, body);
    return charset.empty() ? std::nullopt : http::toUtf8(body, charset);
}

} // namespace understudy
