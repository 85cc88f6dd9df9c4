# What `cmake --install` puts where: the command, the library, the headers that its users include, and a
# package for find_package(heddle). tests/package compares the headers with what a user's file includes.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(HEDDLE_HEADERS
    checker/api/check.h
    checker/api/describe.h
    checker/api/gtest.h
    checker/explorer.h
    checker/finding.h
    checker/finding_kinds.def
    models/sync/api_atomic.h
    models/sync/api_channel.h
    models/sync/api_context.h
    models/sync/api_mutex.h
    models/sync/api_panic.h
    models/sync/api_runtime.h
    models/sync/api_select.h
    models/sync/api_task.h
    models/sync/api_time.h
    models/sync/api_waiting.h
    models/sync/calls.h
    models/sync/context.h
    models/sync/heddle.h
    models/sync/operations.def
    models/sync/operations.h
    sim/base/check.h
    sim/base/hash.h
    sim/base/ids.h
    sim/base/random.h
    sim/execution.h
    sim/fiber.h
    sim/model.h
    sim/observer.h
    sim/operation.h
    sim/paths.h
    sim/program.h
    sim/record.h
    sim/stack_pool.h
    sim/state.h
    sim/strategy.h
    sim/trace.h)
foreach(header IN LISTS HEDDLE_HEADERS)
  get_filename_component(folder ${header} DIRECTORY)
  install(FILES ${header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/heddle/${folder})
endforeach()
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
if(TARGET heddle)
  install(TARGETS heddle RUNTIME)
endif()

# heddle::heddle is the one to link; the others are what it is made of.
set_target_properties(heddle_api PROPERTIES EXPORT_NAME heddle)
foreach(part base sim sync checker)
  set_target_properties(heddle_${part} PROPERTIES EXPORT_NAME ${part})
endforeach()
set(HEDDLE_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/heddle)
install(TARGETS heddle_api heddle_checker heddle_sync heddle_sim heddle_base EXPORT heddleTargets)
install(EXPORT heddleTargets NAMESPACE heddle:: DESTINATION ${HEDDLE_PACKAGE_DIR})
if(TARGET heddle_gtest)
  set_target_properties(heddle_gtest PROPERTIES EXPORT_NAME gtest)
  install(TARGETS heddle_gtest EXPORT heddleGTestTargets)
  install(EXPORT heddleGTestTargets NAMESPACE heddle:: DESTINATION ${HEDDLE_PACKAGE_DIR})
endif()
configure_package_config_file(
  ${CMAKE_CURRENT_LIST_DIR}/heddleConfig.cmake.in ${PROJECT_BINARY_DIR}/generated/heddleConfig.cmake
  INSTALL_DESTINATION ${HEDDLE_PACKAGE_DIR})
# Before 1.0 a minor version may change the interface.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/generated/heddleConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/generated/heddleConfig.cmake
              ${PROJECT_BINARY_DIR}/generated/heddleConfigVersion.cmake
        DESTINATION ${HEDDLE_PACKAGE_DIR})
