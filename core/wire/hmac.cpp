// SPDX-License-Identifier: Apache-2.0
#include "core/wire/hmac.h"

#include "core/base/text.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace understudy::wire {

namespace {

const EVP_MD *digestOf(Signature::Hash hash)
{
    switch (hash) {
    case Signature::Hash::Sha1:
        return EVP_sha1();
    case Signature::Hash::Sha512:
        return EVP_sha512();
    case Signature::Hash::Sha256:
        break;
    }
    return EVP_sha256();
}

std::string hexOf(std::string_view bytes)
{
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += kDigits[byte >> 4U];
        out += kDigits[byte & 0xFU];
    }
    return out;
}

void put(std::string &text, std::string_view place, const std::string &value)
{
    if (const std::size_t at = text.find(place); at != std::string::npos)
        text.replace(at, place.size(), value);
}

} // namespace

std::string signatureOf(const Signature &sign, std::string_view body)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    HMAC(digestOf(sign.hash), sign.secret.data(), static_cast<int>(sign.secret.size()),
         reinterpret_cast<const unsigned char *>(body.data()), body.size(), digest.data(), &size);
    const std::string_view bytes(reinterpret_cast<const char *>(digest.data()), size);
    std::string out = sign.format;
    put(out, "{hex}", hexOf(bytes));
    put(out, "{base64}", text::encodeBase64(bytes));
    return out;
}

} // namespace understudy::wire
