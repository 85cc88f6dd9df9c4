# Builds the outside project of this folder and runs its tests.
# usage: cmake -D... -P package_test.cmake, with FROM=installed or FROM=fetched, SOURCE (heddle's folder),
# BUILD (where heddle was built), WORK (a folder to build in), TYPE, FLAGS, LAUNCHER, SANITIZE of that build.
file(REMOVE_RECURSE ${WORK})
set(prefix ${WORK}/prefix)
cmake_host_system_information(RESULT processors QUERY NUMBER_OF_LOGICAL_CORES)

function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

set(options -G Ninja -DCMAKE_BUILD_TYPE=${TYPE} -DCMAKE_CXX_FLAGS_RELWITHDEBINFO=${FLAGS}
            -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER})
if(FROM STREQUAL fetched)
  list(APPEND options -DHEDDLE_FETCHED=ON -DHEDDLE_SANITIZE=${SANITIZE} -DFETCHCONTENT_FULLY_DISCONNECTED=ON
       -DFETCHCONTENT_SOURCE_DIR_HEDDLE=${SOURCE})
else()
  run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix})
  # Another name for the folder: nothing that was installed may know where it was.
  file(RENAME ${prefix} ${prefix}-moved)
  set(prefix ${prefix}-moved)
  list(APPEND options -DCMAKE_PREFIX_PATH=${prefix})
  if(SANITIZE)
    list(APPEND options "-DCMAKE_CXX_FLAGS=-fsanitize=address,undefined -fno-omit-frame-pointer")
  endif()
endif()
run(${CMAKE_COMMAND} -S ${SOURCE}/tests/package -B ${WORK} ${options})
run(${CMAKE_COMMAND} --build ${WORK} --parallel ${processors})
run(${CMAKE_CTEST_COMMAND} --test-dir ${WORK} --output-on-failure --no-tests=error)
if(FROM STREQUAL fetched)
  return()
endif()

# The command works from where it was installed.
run(${prefix}/bin/heddle --version)
execute_process(COMMAND ${prefix}/bin/heddle check ${SOURCE}/scenarios/quickstart/leak.go
                RESULT_VARIABLE status OUTPUT_VARIABLE report)
if(NOT status EQUAL 1 OR NOT report MATCHES "goroutine-leak")
  message(FATAL_ERROR "the installed command ends with ${status}: ${report}")
endif()

# The headers that were installed are those that a user's file includes: none is missing (it was compiled),
# and none is more than that.
execute_process(COMMAND ${CMAKE_COMMAND} -E chdir ${WORK} ninja -t deps OUTPUT_VARIABLE deps
                COMMAND_ERROR_IS_FATAL ANY)
file(GLOB_RECURSE installed RELATIVE ${prefix}/include/heddle ${prefix}/include/heddle/*)
foreach(header IN LISTS installed)
  if(NOT deps MATCHES "include/heddle/${header}")
    message(SEND_ERROR "${header} is installed, but no user includes it: take it out of checker/api/install.cmake")
  endif()
endforeach()
