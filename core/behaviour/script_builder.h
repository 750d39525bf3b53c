// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/behaviour/behaviour_chain.h"
#include "core/behaviour/wire_script.h"

#include <optional>
#include <string>

namespace understudy {

/// An answer in bytes, ready to be sent as it should be.
struct AnswerBytes
{
    std::string head;                  ///< from the status line to the empty line
    std::string body;                  ///< as it goes over the wire: in chunks, if the head says so
    std::optional<WriteFileStep> file; ///< instead of the body
    bool keepsAlive = true;
};

/// Turns an answer and what was decided about it into what the connection does: step 8 of design.md
/// section 3. Pure. `effect` gets the words for the record: what really was done.
WireScript buildScript(AnswerBytes answer, const Decision &decision, WallTime now,
                       std::string &effect);

} // namespace understudy
