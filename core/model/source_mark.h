// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

namespace understudy {

/// Where the file that an import read says this, from 1; 0: unknown. It is no part of the document:
/// it is not written, and no value differs by it.
struct SourceMark
{
    int line = 0;
    int column = 0;
    std::shared_ptr<const std::string> file{}; ///< of an endpoint; null: the one that was read

    bool isKnown() const { return line > 0; }
    bool operator==(const SourceMark &) const { return true; }
};

} // namespace understudy
