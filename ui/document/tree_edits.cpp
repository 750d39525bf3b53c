// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/tree_edits.h"

#include "core/base/text.h"
#include "core/http/uri.h"
#include "core/model/path_pattern.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace understudy::ui {

namespace {

ItemPath parentOf(const ItemPath &path)
{
    return path.empty() ? ItemPath{} : ItemPath(path.begin(), path.end() - 1);
}

/// Empties the ids in a copied item, so that assignIds makes new ones.
void clearIds(Item &item)
{
    if (Endpoint *endpoint = item.mutableEndpoint()) {
        endpoint->id.clear();
        return;
    }
    for (Item &child : item.mutableFolder()->items)
        clearIds(child);
}

void enableAll(Folder &folder)
{
    folder.enabled = true;
    for (Item &item : folder.items) {
        if (item.endpoint() && item.endpoint()->enabled)
            continue;
        if (Endpoint *endpoint = item.mutableEndpoint())
            endpoint->enabled = true;
        else
            enableAll(*item.mutableFolder());
    }
}

bool isNumber(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::isdigit(c);
    });
}

bool isUuid(std::string_view text)
{
    if (text.size() != 36)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !std::isxdigit(static_cast<unsigned char>(text[i])))
            return false;
    }
    return true;
}

std::string encodeForTemplate(std::string_view segment)
{
    std::string out;
    for (const char c : segment) {
        if (c == '{')
            out += "%7B";
        else if (c == '}')
            out += "%7D";
        else if (c == '*')
            out += "%2A";
        else
            out += c;
    }
    return out;
}

bool sharesMethod(const Endpoint &a, const Endpoint &b)
{
    for (const std::string &m : a.methods) {
        for (const std::string &n : b.methods) {
            if (m == n || m == "ANY" || n == "ANY")
                return true;
        }
    }
    return false;
}

std::string firstSegment(std::string_view path)
{
    const std::size_t from = path.starts_with('/') ? 1 : 0;
    return std::string(path.substr(from, path.find('/', from) - from));
}

/// Where a new endpoint goes, and the priority it needs there.
struct MockPlace
{
    ItemPath parent;
    std::size_t index = 0;
    int priority = 5;
};

MockPlace placeForMock(const Server &server, const Endpoint &mock)
{
    MockPlace place{{}, server.items.size(), mock.priority};
    const auto wanted = parsePathPattern(mock.path, server.base);
    bool beforeEqual = false;
    forEachEndpoint(server, [&](const EndpointVisit &visit) {
        if (!visit.enabled)
            return;
        const auto pattern = parsePathPattern(visit.endpoint.path, server.base);
        // What does not answer everything stays in front: a mock must not take its requests away.
        const bool competes = wanted && pattern && alwaysAnswers(visit.endpoint)
                              && sharesMethod(visit.endpoint, mock)
                              && shapeOf(*pattern) == shapeOf(*wanted);
        if (competes) {
            place.priority = std::min(place.priority, visit.endpoint.priority);
            if (!beforeEqual) {
                place.parent = parentOf(visit.path);
                place.index = visit.path.back();
                beforeEqual = true;
            }
        } else if (!beforeEqual && firstSegment(visit.endpoint.path) == firstSegment(mock.path)) {
            place.parent = parentOf(visit.path);
            place.index = visit.path.back() + 1;
        }
    });
    return place;
}

} // namespace

void removeItems(Server &server, std::vector<ItemPath> paths)
{
    // From the back, so that earlier places stay valid; a child goes before its folder, which does
    // no harm.
    std::sort(paths.begin(), paths.end(), std::greater<>());
    for (const ItemPath &path : paths) {
        std::vector<Item> *items = path.empty() ? nullptr : itemsOf(server, parentOf(path));
        if (items && path.back() < items->size())
            items->erase(items->begin() + static_cast<std::ptrdiff_t>(path.back()));
    }
}

ItemPath insertItem(Server &server, const ItemPath &parent, std::size_t index, Item item)
{
    std::vector<Item> *items = itemsOf(server, parent);
    if (!items)
        return {};
    index = std::min(index, items->size());
    items->insert(items->begin() + static_cast<std::ptrdiff_t>(index), std::move(item));
    ItemPath path = parent;
    path.push_back(index);
    return path;
}

ItemPath duplicateItem(Server &server, const ItemPath &path)
{
    const Item *original = itemAt(server, path);
    if (!original)
        return {};
    Item copy = *original;
    clearIds(copy);
    if (Folder *folder = copy.mutableFolder())
        folder->name = uniqueFolderName(server, parentOf(path), folder->name);
    ItemPath place = insertItem(server, parentOf(path), path.back() + 1, std::move(copy));
    assignIds(server);
    return place;
}

ItemPath moveItem(Server &server, const ItemPath &path, int step)
{
    std::vector<Item> *items = path.empty() ? nullptr : itemsOf(server, parentOf(path));
    if (!items || path.back() >= items->size())
        return {};
    const auto target = static_cast<std::ptrdiff_t>(path.back()) + step;
    if (target < 0 || target >= static_cast<std::ptrdiff_t>(items->size()))
        return {};
    std::swap((*items)[path.back()], (*items)[static_cast<std::size_t>(target)]);
    ItemPath moved = path;
    moved.back() = static_cast<std::size_t>(target);
    return moved;
}

Qt::CheckState folderState(const Folder &folder)
{
    if (!folder.enabled)
        return Qt::Unchecked;
    bool anyOn = false;
    bool anyOff = false;
    for (const Item &item : folder.items) {
        if (const Endpoint *endpoint = item.endpoint()) {
            (endpoint->enabled ? anyOn : anyOff) = true;
        } else {
            const Qt::CheckState state = folderState(*item.folder());
            anyOn |= state != Qt::Unchecked;
            anyOff |= state != Qt::Checked;
        }
    }
    if (anyOff)
        return Qt::PartiallyChecked;
    return Qt::Checked;
}

void toggleFolder(Folder &folder)
{
    if (folderState(folder) == Qt::Checked)
        folder.enabled = false;
    else if (!folder.enabled)
        folder.enabled = true;
    else
        enableAll(folder);
}

std::string uniqueFolderName(const Server &server, const ItemPath &parent,
                             const std::string &wanted)
{
    const std::vector<Item> *items = itemsOf(server, parent);
    std::set<std::string> names;
    if (items) {
        for (const Item &item : *items) {
            if (const Folder *folder = item.folder())
                names.insert(folder->name);
        }
    }
    std::string name = wanted;
    for (int n = 2; names.contains(name); ++n)
        name = wanted + ' ' + std::to_string(n);
    return name;
}

std::string templateForPath(std::string_view path)
{
    std::string out;
    int count = 0;
    std::string_view rest = path.starts_with('/') ? path.substr(1) : path;
    for (const std::string_view segment : text::split(rest, '/')) {
        out += '/';
        if (isNumber(segment) || isUuid(segment)) {
            ++count;
            out += count == 1 ? "{id}" : "{id" + std::to_string(count) + '}';
        } else {
            out += encodeForTemplate(segment);
        }
    }
    return out.empty() ? "/" : out;
}

Response mockResponse()
{
    Response response;
    response.headers.push_back({"Content-Type", "application/json"});
    response.body = Body::text("{}\n");
    return response;
}

Result<std::string> addMock(Server &server, std::string_view method, std::string_view target)
{
    std::string_view path = http::splitTarget(method, target).path;
    std::vector<std::string> bases = server.otherBases;
    bases.push_back(server.base);
    std::sort(bases.begin(), bases.end(),
              [](const std::string &a, const std::string &b) { return a.size() > b.size(); });
    const auto base = std::find_if(bases.begin(), bases.end(), [&](const std::string &one) {
        return path.starts_with(one) && (path.size() == one.size() || path[one.size()] == '/');
    });
    if (base == bases.end() || !base->empty()) {
        if (base == bases.end())
            return Error{ErrorCode::Invalid,
                         "this server answers only below its base path " + server.base + ", and "
                             + std::string(path) + " is outside of it",
                         {}};
        path.remove_prefix(base->size());
    }
    Endpoint mock;
    mock.methods = {std::string(method)};
    mock.path = templateForPath(path);
    mock.responses.push_back(mockResponse());
    mock.id = makeEndpointId(server, mock);
    const MockPlace place = placeForMock(server, mock);
    mock.priority = place.priority;
    const std::string id = mock.id;
    insertItem(server, place.parent, place.index, std::move(mock));
    assignIds(server);
    return id;
}

std::string samplePath(const Server &server, const Endpoint &endpoint)
{
    const auto pattern = parsePathPattern(endpoint.path, server.base);
    if (!pattern || pattern->rank == PathPattern::Rank::Regex)
        return server.base + (endpoint.path.starts_with('/') ? endpoint.path : "/");
    std::string out;
    for (const PathSegment &segment : pattern->segments) {
        out += '/';
        switch (segment.kind) {
        case PathSegment::Kind::Literal:
            out += http::percentEncode(segment.literal, "@:!$&'()+,;=");
            break;
        case PathSegment::Kind::Any:
        case PathSegment::Kind::Rest:
            out += "sample";
            break;
        default:
            out += http::percentEncode(segment.prefix) + '1' + http::percentEncode(segment.suffix);
        }
    }
    if (pattern->trailingSlash || out.empty())
        out += '/';
    return out;
}

} // namespace understudy::ui
