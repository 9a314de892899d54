#include "app/cli.hpp"

int main(int argc, char** argv) {
    return tocsin::app::runCommandLine(argc, argv);
}
