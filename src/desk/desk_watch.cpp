#include "desk/desk_thread.hpp"

// Silence: what ought to have spoken, and has not.

namespace tocsin::desk {

void DeskThread::heard(const std::string& /*feed*/) {}
void DeskThread::watch(std::vector<Watch> /*watches*/) {}

} // namespace tocsin::desk
