// SPDX-License-Identifier: Apache-2.0
// helpers.* of faker, and files.
#include "core/template/faker/faker.h"
#include "core/template/faker/words.h"

#include <algorithm>
#include <array>

namespace understudy::faker {

using handlebars::Value;

namespace {

Value arrayElement(const Arguments &a)
{
    const Value list = a.place(0);
    const JsonArray *items = list.ifList();
    if (!items || items->empty())
        return {};
    return list.part((
        *items)[static_cast<std::size_t>(a.draw(0, static_cast<std::int64_t>(items->size()) - 1))]);
}

JsonArray shuffled(const Arguments &a)
{
    const Value list = a.place(0);
    JsonArray out = list.ifList() ? *list.ifList() : JsonArray();
    for (std::size_t i = out.size(); i > 1; --i)
        std::swap(out[i - 1],
                  out[static_cast<std::size_t>(a.draw(0, static_cast<std::int64_t>(i) - 1))]);
    return out;
}

Value shuffle(const Arguments &a) { return Value(shuffled(a)); }

Value arrayElements(const Arguments &a)
{
    JsonArray out = shuffled(a);
    const Value wanted = a.place(1);
    const auto size = static_cast<std::int64_t>(out.size());
    std::int64_t count = a.draw(std::min<std::int64_t>(1, size), size);
    if (wanted.isNumber())
        count = handlebars::wholeNumber(*wanted.ifNumber());
    else if (wanted.ifObject())
        count = a.draw(handlebars::wholeNumber(wanted.member("min").number()),
                       handlebars::wholeNumber(wanted.member("max").number()));
    out.resize(static_cast<std::size_t>(std::clamp<std::int64_t>(count, 0, size)));
    return Value(std::move(out));
}

Value objectMember(const Arguments &a, bool wantsKey)
{
    const Value object = a.place(0);
    const JsonObject *members = object.ifObject();
    if (!members || members->empty())
        return {};
    const auto &member
        = *(members->begin() + a.draw(0, static_cast<std::int64_t>(members->size()) - 1));
    return wantsKey ? Value(member.name) : object.part(member.value);
}

Value objectKey(const Arguments &a) { return objectMember(a, true); }
Value objectValue(const Arguments &a) { return objectMember(a, false); }

Value replaceSymbols(const Arguments &a)
{
    std::string out;
    for (const char c : a.place(0).text()) {
        if (c == '#')
            out += static_cast<char>('0' + a.draw(0, 9));
        else if (c == '?')
            out += static_cast<char>('A' + a.draw(0, 25));
        else if (c == '*')
            out += a.unit() < 0.5 ? static_cast<char>('0' + a.draw(0, 9))
                                  : static_cast<char>('A' + a.draw(0, 25));
        else
            out += c;
    }
    return out;
}

Value slugify(const Arguments &a)
{
    std::string out;
    for (const char c : a.place(0).text()) {
        const bool isKept = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '_';
        if (isKept)
            out += c;
        else if (c == ' ')
            out += '-';
    }
    return out;
}

Value rangeToNumber(const Arguments &a)
{
    if (a.place(0).isNumber())
        return a.place(0);
    return a.count("range", 0);
}

constexpr auto kExtensions = std::to_array<std::string_view>(
    {"csv", "gif", "html", "jpg", "json", "mp3", "mp4", "pdf", "png", "txt", "xml", "zip"});
constexpr auto kMimeTypes = std::to_array<std::string_view>(
    {"application/json", "application/pdf", "image/gif", "image/jpeg", "image/png", "text/csv",
     "text/html", "text/plain"});

Value fileExtension(const Arguments &a) { return a.pick(kExtensions); }
Value fileName(const Arguments &a)
{
    return std::string(a.pick(words::kNouns)) + '_' + std::string(a.pick(words::kNouns)) + '.'
           + std::string(a.pick(kExtensions));
}
Value directory(const Arguments &a) { return "/usr/" + std::string(a.pick(words::kNouns)); }
Value filePath(const Arguments &a)
{
    return "/usr/" + std::string(a.pick(words::kNouns)) + '/' + std::string(a.pick(words::kNouns))
           + '.' + std::string(a.pick(kExtensions));
}
Value fileType(const Arguments &a)
{
    static constexpr auto kWords = std::to_array<std::string_view>(
        {"application", "audio", "font", "image", "model", "text", "video"});
    return a.pick(kWords);
}
Value mimeType(const Arguments &a) { return a.pick(kMimeTypes); }
Value semver(const Arguments &a)
{
    return std::to_string(a.draw(0, 9)) + '.' + std::to_string(a.draw(0, 20)) + '.'
           + std::to_string(a.draw(0, 20));
}
Value commitSha(const Arguments &a)
{
    return a.characters("0123456789abcdef", a.count("length", 40));
}
Value branch(const Arguments &a)
{
    return std::string(a.pick(words::kNouns)) + '-' + std::string(a.pick(words::kVerbs));
}

constexpr std::array kMethods{
    Method{"helpers.arrayElement", arrayElement}, Method{"helpers.arrayElements", arrayElements},
    Method{"helpers.shuffle", shuffle},           Method{"helpers.objectKey", objectKey},
    Method{"helpers.objectValue", objectValue},   Method{"helpers.replaceSymbols", replaceSymbols},
    Method{"helpers.slugify", slugify},           Method{"helpers.rangeToNumber", rangeToNumber},
    Method{"system.fileExt", fileExtension},      Method{"system.commonFileExt", fileExtension},
    Method{"system.fileName", fileName},          Method{"system.commonFileName", fileName},
    Method{"system.directoryPath", directory},    Method{"system.filePath", filePath},
    Method{"system.fileType", fileType},          Method{"system.commonFileType", fileType},
    Method{"system.mimeType", mimeType},          Method{"system.semver", semver},
    Method{"git.commitSha", commitSha},           Method{"git.branch", branch},
};

} // namespace

std::span<const Method> pickMethods() { return kMethods; }

} // namespace understudy::faker
