// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/workspace/import_stamp.h"

#include <string>
#include <vector>

namespace understudy::workspace {

/// Something that a document says otherwise than when it was imported last.
struct ImportChange
{
    enum class Kind { Added, Changed, Removed };

    Kind kind = Kind::Changed;
    /// What it would take the place of was edited since, or taken out; who accepts it gives that
    /// up.
    bool isEdited = false;
    std::string endpoint;          ///< "GET /users"; empty: the server itself
    std::string part;              ///< "200"; empty: the endpoint itself
    std::vector<std::string> keys; ///< of Changed: "body", "headers"
    std::string mine;              ///< as a mock file has it; empty: it is not there
    std::string theirs;            ///< the same, as the document has it now

    std::string endpointId{};
    std::string responseId{};
};

/// "GET /users, 200: body, headers changed": a change on one line.
std::string textOf(const ImportChange &change);

/// Brings a mock file that an import made up to date with its document: a merge of three versions,
/// what is in the file, what the document says now, and what it said then, of which the stamp has
/// hashes. Keys of endpoints and responses are compared one by one, so that a latency that was set
/// here and a body that was changed there do not meet. What is the same endpoint or response is
/// found by what it says, what it answers and its id (import_pairs.h). What the document never had
/// stays as it is; so does where the server listens, and the order and the folders of what is there
/// already. One thread.
class ImportUpdate
{
public:
    /// `mine` as its file has it, with its stamp; `offered` as stampImport() left it.
    ImportUpdate(const Server &mine, const Server &offered);

    /// In the order of the document; what is gone from it comes last.
    const std::vector<ImportChange> &changes() const { return m_changes; }

    /// `mine` with the changes that are accepted, one flag each, and with a stamp of what was
    /// offered: what is not accepted counts as an edit from now on. Errors: Invalid where the two
    /// do not go together in one mock file.
    Result<Server> merged(const std::vector<bool> &accepted) const;

private:
    using Node = formats::yaml::Node;

    void compareEndpoint(const Node *mine, const Node &theirs, const ImportChange &at);
    void compareResponses(const Node &mine, const Node &theirs, const ImportChange &at);
    void compareKeys(const Node &mine, const Node &theirs, const KeyHashes &then,
                     const ImportChange &at);
    bool isUntouched(const Node &endpoint) const;

    Node m_mine;
    Node m_theirs;      ///< with the ids that its endpoints and responses have in m_mine
    ImportStamp m_then; ///< with these ids, too
    ImportStamp m_now;  ///< where `offered` is from
    std::vector<ImportChange> m_changes;
};

} // namespace understudy::workspace
