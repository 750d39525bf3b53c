// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/headers.h"

#include "core/base/text.h"

#include <algorithm>

namespace understudy::formats::mockoon {

namespace {

/// The last field of this name, or the end.
http::HeaderList::iterator lastOf(http::HeaderList &list, std::string_view name)
{
    const auto found
        = std::find_if(list.rbegin(), list.rend(), [&](const http::HeaderField &field) {
              return text::equalsIgnoreCase(field.name, name);
          });
    return found == list.rend() ? list.end() : found.base() - 1;
}

} // namespace

http::HeaderList readHeaders(const ObjectReader &reader, std::string_view key, Notes &notes)
{
    http::HeaderList out;
    for (const boost::json::object *object : reader.objects(key)) {
        const ObjectReader header(*object, notes, reader.subject());
        const std::string name = header.text("key");
        const std::string value = header.text("value");
        if (name.empty() || value.empty())
            continue;
        if (!http::isToken(name) || !http::isFieldValue(value)) {
            notes.changed(reader.subject(),
                          "the header '" + name + "' is left out: HTTP does not allow "
                              + (http::isToken(name) ? "its value" : "this name"));
            continue;
        }
        if (text::equalsIgnoreCase(name, "Content-Length")
            || text::equalsIgnoreCase(name, "Transfer-Encoding")) {
            notes.changed(reader.subject(),
                          "the header '" + name + "' is left out: it follows from the body");
            continue;
        }
        const auto last = lastOf(out, name);
        if (last == out.end()) {
            out.push_back({name, value});
        } else if (text::equalsIgnoreCase(name, "Set-Cookie")) {
            // Equal names stand together, so that they can be written as one list.
            out.insert(last + 1, {last->name, value});
        } else {
            notes.changed(reader.subject(),
                          "the header '" + name + "' stands there twice; the last one counts");
            last->value = value;
        }
    }
    return out;
}

std::string withCharset(std::string_view contentType)
{
    std::string out(contentType);
    if (text::toLower(contentType).find("charset") == std::string::npos)
        out += "; charset=utf-8";
    return out;
}

} // namespace understudy::formats::mockoon
