// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/template/faker/faker.h"
#include "core/template/faker/words.h"

#include <array>

namespace understudy::faker {

using handlebars::Value;

namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr auto kSuffixes = std::to_array<std::string_view>({"com", "net", "org", "info", "biz"});

std::string userNameOf(const Arguments &a)
{
    const Value first = a.option("firstName");
    const Value last = a.option("lastName");
    std::string out = first.isMissing() ? std::string(a.pick(words::kFirstNames)) : first.text();
    out += a.unit() < 0.5 ? '.' : '_';
    out += last.isMissing() ? std::string(a.pick(words::kLastNames)) : last.text();
    return a.unit() < 0.5 ? out + std::to_string(a.draw(1, 99)) : out;
}

std::string domainWordOf(const Arguments &a)
{
    return std::string(a.pick(words::kAdjectives)) + '-' + std::string(a.pick(words::kNouns));
}

std::string domainOf(const Arguments &a)
{
    return domainWordOf(a) + '.' + std::string(a.pick(kSuffixes));
}

Value userName(const Arguments &a) { return userNameOf(a); }
Value displayName(const Arguments &a) { return userNameOf(a); }
Value domainWord(const Arguments &a) { return domainWordOf(a); }
Value domainName(const Arguments &a) { return domainOf(a); }
Value domainSuffix(const Arguments &a) { return a.pick(kSuffixes); }

Value email(const Arguments &a)
{
    static constexpr auto kProviders
        = std::to_array<std::string_view>({"gmail.com", "yahoo.com", "hotmail.com"});
    const Value provider = a.option("provider");
    std::string name = userNameOf(a);
    return name + '@' + (provider.isMissing() ? std::string(a.pick(kProviders)) : provider.text());
}

Value exampleEmail(const Arguments &a)
{
    static constexpr auto kProviders
        = std::to_array<std::string_view>({"example.com", "example.net", "example.org"});
    std::string name = userNameOf(a);
    return name + '@' + std::string(a.pick(kProviders));
}

Value url(const Arguments &a)
{
    const Value given = a.option("protocol");
    const std::string protocol = given.isMissing() ? "https" : given.text();
    const bool hasSlash = a.option("appendSlash").isUndefined()
                              ? a.unit() < 0.5
                              : a.option("appendSlash").isTruthy();
    return protocol + "://" + domainOf(a) + (hasSlash ? "/" : "");
}

std::string address4(const Arguments &a)
{
    std::string out;
    for (int i = 0; i < 4; ++i)
        out += (i > 0 ? "." : "") + std::to_string(a.draw(0, 255));
    return out;
}

std::string address6(const Arguments &a)
{
    std::string out;
    for (int i = 0; i < 8; ++i)
        out += (i > 0 ? ":" : "") + a.characters(kHex, 4);
    return out;
}

Value ipv4(const Arguments &a) { return address4(a); }
Value ipv6(const Arguments &a) { return address6(a); }
Value ip(const Arguments &a) { return a.unit() < 0.5 ? address4(a) : address6(a); }
Value port(const Arguments &a) { return a.draw(0, 65535); }

Value mac(const Arguments &a)
{
    const Value given = a.place(0).isText() ? a.place(0) : a.option("separator");
    const std::string by = given.isMissing() ? ":" : given.text();
    std::string out;
    for (int i = 0; i < 6; ++i)
        out += (i > 0 ? by : "") + a.characters(kHex, 2);
    return out;
}

Value httpMethod(const Arguments &a)
{
    static constexpr auto kWords
        = std::to_array<std::string_view>({"GET", "POST", "PUT", "DELETE", "PATCH"});
    return a.pick(kWords);
}

Value httpStatusCode(const Arguments &a)
{
    static constexpr std::array kCodes{100, 200, 201, 202, 204, 301, 302, 304, 400, 401,
                                       403, 404, 409, 410, 422, 429, 500, 502, 503, 504};
    return kCodes[static_cast<std::size_t>(a.draw(0, kCodes.size() - 1))];
}

Value protocol(const Arguments &a) { return a.unit() < 0.5 ? "http" : "https"; }

Value password(const Arguments &a)
{
    return a.characters("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_",
                        a.count("length", 15));
}

Value color(const Arguments &a) { return '#' + a.characters(kHex, 6); }

Value emoji(const Arguments &a)
{
    static constexpr auto kWords
        = std::to_array<std::string_view>({"😀", "🎉", "🚀", "🌳", "🍀", "🐟", "📚", "☕"});
    return a.pick(kWords);
}

Value userAgent(const Arguments &a)
{
    return a.digits("Mozilla/5.0 (X11; Linux x86_64; rv:1#!.0) Gecko/20100101 Firefox/1#!.0");
}

Value avatar(const Arguments &a)
{
    return "https://avatars.example.com/u/" + std::to_string(a.draw(1, 99'999'999));
}

Value image(const Arguments &a)
{
    const auto width = handlebars::wholeNumber(a.number("width", 640));
    const auto height = handlebars::wholeNumber(a.number("height", 480));
    return "https://images.example.com/" + std::to_string(width) + '/' + std::to_string(height)
           + "?random=" + std::to_string(a.draw(1, 99'999));
}

std::string base64Url(const std::string &text)
{
    std::string out = text::encodeBase64(text);
    out.resize(out.find_last_not_of('=') + 1);
    for (char &c : out)
        c = c == '+' ? '-' : c == '/' ? '_' : c;
    return out;
}

Value jwt(const Arguments &a)
{
    return base64Url(R"({"alg":"HS256","typ":"JWT"})") + '.'
           + base64Url("{\"sub\":\"" + a.characters(kHex, 24) + "\"}") + '.'
           + a.characters("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", 43);
}

constexpr std::array kMethods{
    Method{"internet.userName", userName},
    Method{"internet.username", userName},
    Method{"internet.displayName", displayName},
    Method{"internet.email", email},
    Method{"internet.exampleEmail", exampleEmail},
    Method{"internet.url", url},
    Method{"internet.domainName", domainName},
    Method{"internet.domainWord", domainWord},
    Method{"internet.domainSuffix", domainSuffix},
    Method{"internet.ip", ip},
    Method{"internet.ipv4", ipv4},
    Method{"internet.ipv6", ipv6},
    Method{"internet.mac", mac},
    Method{"internet.port", port},
    Method{"internet.httpMethod", httpMethod},
    Method{"internet.httpStatusCode", httpStatusCode},
    Method{"internet.protocol", protocol},
    Method{"internet.password", password},
    Method{"internet.color", color},
    Method{"internet.emoji", emoji},
    Method{"internet.userAgent", userAgent},
    Method{"internet.jwt", jwt},
    Method{"image.avatar", avatar},
    Method{"image.avatarGitHub", avatar},
    Method{"image.avatarLegacy", avatar},
    Method{"image.personPortrait", avatar},
    Method{"image.url", image},
    Method{"image.urlLoremFlickr", image},
    Method{"image.urlPicsumPhotos", image},
    Method{"image.urlPlaceholder", image},
};

} // namespace

std::span<const Method> internetMethods() { return kMethods; }

} // namespace understudy::faker
