// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/import_update.h"

#include "core/formats/native/native.h"
#include "core/formats/yaml/emit.h"
#include "core/model/edit.h"
#include "core/workspace/import_ids.h"
#include "core/workspace/mock_tree.h"

#include <algorithm>
#include <set>

namespace understudy::workspace {

namespace {

using formats::yaml::Node;

constexpr std::string_view kResponses = "responses";
constexpr std::string_view kBuckets = "buckets";
constexpr std::string_view kBucketPrefix = "buckets/";

bool isBucket(std::string_view key) { return key.starts_with(kBucketPrefix); }
std::string bucketName(std::string_view key)
{
    return std::string(key.substr(kBucketPrefix.size()));
}

bool isAmong(const std::vector<std::string> &keys, std::string_view key)
{
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

/// What `object` says under some of the names that keys are compared as.
Node partOf(const Node &object, const std::vector<std::string> &keys)
{
    Node out = Node::map();
    for (std::size_t i = 0; i < object.keys.size(); ++i) {
        if (isAmong(keys, comparedAs(object.keys[i].text)))
            out.add(object.keys[i].text, object.items[i]);
    }
    const Node *buckets = object.find(kBuckets);
    Node own = Node::map();
    for (std::size_t i = 0; buckets && i < buckets->keys.size(); ++i) {
        if (isAmong(keys, std::string(kBucketPrefix) + buckets->keys[i].text))
            own.add(buckets->keys[i].text, buckets->items[i]);
    }
    if (!own.items.empty())
        out.add(kBuckets, std::move(own));
    return out;
}

std::string shown(const Node &node)
{
    return node.items.empty() ? std::string() : formats::yaml::emit(node);
}

void takeBucket(Node &object, const Node &theirs, const std::string &name)
{
    const Node *own = object.find(kBuckets);
    const Node *offered = theirs.find(kBuckets);
    Node all = own ? *own : Node::map();
    if (const Node *bucket = offered ? offered->find(name) : nullptr)
        mock_tree::setKey(all, name, *bucket);
    else
        mock_tree::eraseKey(all, name);
    if (all.items.empty())
        mock_tree::eraseKey(object, kBuckets);
    else
        mock_tree::setKey(object, kBuckets, all);
}

/// Lets `object` say what `theirs` says under those names.
void take(Node &object, const Node &theirs, const std::vector<std::string> &keys)
{
    std::vector<std::string> old;
    for (const Node::Key &key : object.keys) {
        if (isAmong(keys, comparedAs(key.text)))
            old.push_back(key.text);
    }
    for (const std::string &key : old)
        mock_tree::eraseKey(object, key);
    for (std::size_t i = 0; i < theirs.keys.size(); ++i) {
        if (isAmong(keys, comparedAs(theirs.keys[i].text)))
            mock_tree::setKey(object, theirs.keys[i].text, theirs.items[i]);
    }
    for (const std::string &key : keys) {
        if (isBucket(key))
            takeBucket(object, theirs, bucketName(key));
    }
}

/// What a map has for a key; nothing of it where it has none.
template<class Map>
auto valueIn(const Map &map, std::string_view key)
{
    const auto found = map.find(key);
    return found == map.end() ? typename Map::mapped_type{} : found->second;
}

const Node &responsesOf(const Node &endpoint)
{
    static const Node kNone = Node::list();
    const Node *list = endpoint.find(kResponses);
    return list ? *list : kNone;
}

/// Of an endpoint of a tree, as endpointLabel() of the endpoint itself.
std::string labelOf(const Node &node)
{
    Endpoint endpoint;
    const auto textAt = [&](std::string_view key) {
        const Node *value = node.find(key);
        return value && value->isScalar() ? value->text : std::string();
    };
    endpoint.name = textAt("name");
    endpoint.path = textAt("path");
    if (const Node *methods = node.find("method")) {
        endpoint.methods.clear();
        for (const Node &method : methods->items)
            endpoint.methods.push_back(method.text);
        if (methods->isScalar())
            endpoint.methods = {methods->text};
    }
    return endpointLabel(endpoint);
}

/// Changes what an endpoint is, or its responses.
void changeEndpoint(Node &endpoint, const Node &offered, const ImportChange &change)
{
    using Kind = ImportChange::Kind;
    if (change.responseId.empty()) {
        take(endpoint, offered, change.keys);
        return;
    }
    Node &responses = mock_tree::listOf(endpoint, kResponses);
    const mock_tree::Place own = mock_tree::placeIn(responses, change.responseId);
    if (change.kind == Kind::Removed) {
        responses.items.erase(responses.items.begin() + static_cast<std::ptrdiff_t>(own.index));
        return;
    }
    const Node &response = *mock_tree::responseIn(offered, change.responseId);
    if (change.kind == Kind::Added) {
        const std::vector<Node> &all = responsesOf(offered).items;
        mock_tree::insertAsIn(responses, responsesOf(offered),
                              static_cast<std::size_t>(&response - all.data()));
    } else {
        take(own.node(), response, change.keys);
    }
}

/// Lets a tree say what accepted changes say: what is there changes, goes, and comes, in this
/// order.
void apply(Node &tree, const mock_tree::Index &theirs,
           const std::vector<const ImportChange *> &accepted)
{
    using Kind = ImportChange::Kind;
    std::map<std::string_view, std::vector<const ImportChange *>> changes;
    std::set<std::string_view> gone;
    std::vector<std::string_view> added;
    for (const ImportChange *change : accepted) {
        if (change->endpointId.empty())
            take(tree, theirs.server(), change->keys);
        else if (!change->responseId.empty() || change->kind == Kind::Changed)
            changes[change->endpointId].push_back(change);
        else if (change->kind == Kind::Removed)
            gone.insert(change->endpointId);
        else
            added.push_back(change->endpointId);
    }
    mock_tree::forEachEndpoint(tree, [&](Node &endpoint) {
        const auto own = changes.find(endpoint.text);
        if (own == changes.end())
            return;
        for (const ImportChange *change : own->second)
            changeEndpoint(endpoint, theirs.endpoint(change->endpointId), *change);
    });
    mock_tree::eraseEndpoints(tree, gone);
    for (const std::string_view id : added)
        theirs.insertInto(tree, id);
}

} // namespace

std::string textOf(const ImportChange &change)
{
    std::string out = change.endpoint.empty() ? "the server" : change.endpoint;
    if (!change.part.empty())
        out += ", " + change.part;
    out += ": ";
    switch (change.kind) {
    case ImportChange::Kind::Added:
        return out + (change.isEdited ? "changed, and taken out here" : "new");
    case ImportChange::Kind::Removed:
        return out + "gone";
    case ImportChange::Kind::Changed:
        break;
    }
    for (std::size_t i = 0; i < change.keys.size(); ++i)
        out += (i == 0 ? "" : ", ") + change.keys[i];
    return out + " changed";
}

ImportUpdate::ImportUpdate(const Server &mine, const Server &offered)
    : m_mine(formats::native::writeTree(mine))
    , m_theirs(formats::native::writeTree(offered))
    , m_then(stampOf(mine).value_or(ImportStamp{}))
    , m_now(stampOf(offered).value_or(ImportStamp{}))
{
    callAlike(m_mine, m_theirs, m_then);
    compareKeys(m_mine, m_theirs, m_then.server, {});
    std::map<std::string_view, const Node *> own;
    mock_tree::forEachEndpoint(m_mine, [&](const Node &node) { own.emplace(node.text, &node); });
    std::set<std::string_view> offeredIds;
    mock_tree::forEachEndpoint(m_theirs, [&](const Node &theirs) {
        offeredIds.insert(theirs.text);
        ImportChange at;
        at.endpointId = theirs.text;
        const auto found = own.find(theirs.text);
        at.endpoint = labelOf(found == own.end() ? theirs : *found->second);
        compareEndpoint(found == own.end() ? nullptr : found->second, theirs, at);
    });
    mock_tree::forEachEndpoint(m_mine, [&](const Node &node) {
        if (offeredIds.contains(node.text) || !m_then.endpoints.contains(node.text))
            return;
        ImportChange gone;
        gone.kind = ImportChange::Kind::Removed;
        gone.isEdited = !isUntouched(node);
        gone.endpointId = node.text;
        gone.endpoint = labelOf(node);
        gone.mine = shown(node);
        m_changes.push_back(std::move(gone));
    });
}

void ImportUpdate::compareEndpoint(const Node *mine, const Node &theirs, const ImportChange &at)
{
    if (mine) {
        compareKeys(*mine, theirs, valueIn(m_then.endpoints, at.endpointId), at);
        compareResponses(*mine, theirs, at);
        return;
    }
    // It was taken out here. That it has changed there is worth saying; that it is there is not.
    const bool wasThere = m_then.endpoints.contains(at.endpointId);
    if (wasThere && isUntouched(theirs))
        return;
    ImportChange added = at;
    added.kind = ImportChange::Kind::Added;
    added.isEdited = wasThere;
    added.theirs = shown(theirs);
    m_changes.push_back(std::move(added));
}

void ImportUpdate::compareResponses(const Node &mine, const Node &theirs, const ImportChange &at)
{
    const auto then = valueIn(m_then.responses, at.endpointId);
    const auto changeOf = [&](const Node &response, ImportChange::Kind kind) {
        ImportChange out = at;
        out.kind = kind;
        out.responseId = response.text;
        const Node *name = response.find("name");
        out.part = response.text + (name ? " (" + name->text + ")" : "");
        return out;
    };
    for (const Node &response : responsesOf(theirs).items) {
        const auto known = then.find(response.text);
        if (const Node *own = mock_tree::responseIn(mine, response.text)) {
            compareKeys(*own, response, known == then.end() ? KeyHashes{} : known->second,
                        changeOf(response, ImportChange::Kind::Changed));
        } else if (known == then.end() || known->second != hashesOf(response)) {
            ImportChange added = changeOf(response, ImportChange::Kind::Added);
            added.isEdited = known != then.end();
            added.theirs = shown(response);
            m_changes.push_back(std::move(added));
        }
    }
    for (const Node &response : responsesOf(mine).items) {
        const auto known = then.find(response.text);
        if (known == then.end() || mock_tree::responseIn(theirs, response.text))
            continue;
        ImportChange gone = changeOf(response, ImportChange::Kind::Removed);
        gone.isEdited = known->second != hashesOf(response);
        gone.mine = shown(response);
        m_changes.push_back(std::move(gone));
    }
}

/// What `at` names, with the keys that say something else than before there.
void ImportUpdate::compareKeys(const Node &mine, const Node &theirs, const KeyHashes &then,
                               const ImportChange &at)
{
    const KeyHashes here = hashesOf(mine);
    const KeyHashes there = hashesOf(theirs);
    std::set<std::string> keys;
    for (const auto &[key, hash] : here)
        keys.insert(key);
    for (const auto &[key, hash] : there)
        keys.insert(key);
    ImportChange plain = at;
    ImportChange edited = at;
    edited.isEdited = true;
    for (const std::string &key : keys) {
        const std::string offered = valueIn(there, key);
        const std::string own = valueIn(here, key);
        const std::string before = valueIn(then, key);
        if (offered != before && offered != own)
            (own == before ? plain : edited).keys.push_back(key);
    }
    // What is chosen by other rules, or with another status, may be another response altogether:
    // an edit of it stays with what it was made for, or is given up as a whole.
    const bool isOther = std::any_of(plain.keys.begin(), plain.keys.end(), [](const auto &key) {
        return key == "when" || key == "status" || key == "method" || key == "path";
    });
    if (isOther && !then.empty() && here != then) {
        edited.keys.insert(edited.keys.end(), plain.keys.begin(), plain.keys.end());
        std::sort(edited.keys.begin(), edited.keys.end());
        plain.keys.clear();
    }
    for (ImportChange *change : {&plain, &edited}) {
        if (change->keys.empty())
            continue;
        change->mine = shown(partOf(mine, change->keys));
        change->theirs = shown(partOf(theirs, change->keys));
        m_changes.push_back(std::move(*change));
    }
}

/// It says what it said at the last import, no more and no less.
bool ImportUpdate::isUntouched(const Node &endpoint) const
{
    if (valueIn(m_then.endpoints, endpoint.text) != hashesOf(endpoint))
        return false;
    std::map<std::string, KeyHashes, std::less<>> responses;
    for (const Node &response : responsesOf(endpoint).items)
        responses.emplace(response.text, hashesOf(response));
    return valueIn(m_then.responses, endpoint.text) == responses;
}

Result<Server> ImportUpdate::merged(const std::vector<bool> &accepted) const
{
    Node tree = m_mine;
    std::vector<const ImportChange *> taken;
    for (std::size_t i = 0; i < m_changes.size(); ++i) {
        if (i < accepted.size() && accepted[i])
            taken.push_back(&m_changes[i]);
    }
    apply(tree, mock_tree::Index(m_theirs), taken);
    formats::native::ReadOutcome read = formats::native::readTree(tree, {});
    for (const Problem &problem : read.problems) {
        if (problem.severity == Severity::Error)
            return Error{ErrorCode::Invalid,
                         "the edits and the changes do not go together in one mock file: "
                             + problem.error.message,
                         {}};
    }
    setStamp(read.server, stampWith(m_now, m_theirs));
    return std::move(read.server);
}

} // namespace understudy::workspace
