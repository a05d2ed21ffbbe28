// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {vm} from "../support/Vm.sol";
import {Court, Deed} from "./Court.sol";

/// @notice What the runner calls: each call is a number of steps.
contract Sessions {
    uint256 private constant STEPS = 8;

    Court private immutable COURT;
    uint256 public unplayable;
    bytes public reason;

    constructor(Court court) {
        COURT = court;
    }

    function sit(uint256 seed) external {
        for (uint256 n = 0; n < STEPS; ++n) {
            uint256 drawn = uint256(keccak256(abi.encode(seed, n)));
            (bool done, bytes memory answer) = address(COURT).call(abi.encodeCall(Court.step, (drawn)));
            // A step that cannot be played is a broken promise too: nothing goes unseen.
            if (done) continue;
            ++unplayable;
            reason = answer;
        }
    }
}

/// @notice The promises of IArbiterPool over long histories. README.md here lists them as sentences.
contract ArbiterPool_invariants {
    /// @dev Those before them were looked at often enough, and are again at the end.
    uint256 private constant RECENT = 6;

    Court private court;
    Sessions private sessions;
    address[] private _targets;

    function setUp() public {
        court = new Court();
        court.setUp();
        sessions = new Sessions(court);
        _targets = [address(sessions)];
    }

    function targetContracts() external view returns (address[] memory) {
        return _targets;
    }

    /// @dev All promises in one function: the runner would otherwise play the whole campaign once for each.
    function invariant_everyPromiseHolds() external view {
        vm.assertEq(sessions.reason(), "", "every step can be played");
        court.check(RECENT);
    }

    /// @dev No campaign counts in which anything was left out.
    function afterInvariant() external {
        vm.assertEq(sessions.unplayable(), 0, "every step could be played");
        for (uint256 k = 0; k <= uint256(type(Deed).max); ++k) {
            vm.assertGe(court.done(Deed(k)), 1, "deeds of each kind");
        }
        court.check(type(uint256).max);
        court.windUp();
        court.check(type(uint256).max);
    }
}
