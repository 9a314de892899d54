#pragma once

namespace tocsin::app {

/// Reads the command line, runs what it asks for, and returns the exit code: 0 done, 1 refused or found wrong,
/// 2 called wrongly. No exception leaves it.
int runCommandLine(int argc, char** argv);

} // namespace tocsin::app
