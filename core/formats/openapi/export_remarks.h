// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace understudy::formats::openapi {

/// What an export has to say, each thing once for its endpoint.
class ExportRemarks
{
public:
    void lost(const std::string &subject, const std::string &message)
    {
        if (m_said.emplace(subject, message).second)
            m_notes.notServed(subject, message);
    }
    void changed(const std::string &subject, const std::string &message)
    {
        if (m_said.emplace(subject, message).second)
            m_notes.changed(subject, message);
    }
    std::vector<Problem> take() { return m_notes.take(); }

private:
    Notes m_notes{std::string()};
    std::set<std::pair<std::string, std::string>> m_said;
};

} // namespace understudy::formats::openapi
