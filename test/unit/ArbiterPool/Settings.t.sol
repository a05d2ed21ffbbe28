// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {
    IAccessControlDefaultAdminRules
} from "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";
import {IArbiterPool} from "../../../contracts/interfaces/IArbiterPool.sol";
import {IArbiterPoolErrors} from "../../../contracts/interfaces/IArbiterPoolErrors.sol";
import {IArbiterPoolEvents} from "../../../contracts/interfaces/IArbiterPoolEvents.sol";
import {Parameters} from "../../../contracts/types/PoolTypes.sol";
import {PoolBase} from "../../support/PoolBase.sol";
import {Log, vm} from "../../support/Vm.sol";

/// @notice Parameters change late, within bounds, and for later cases only.
contract SettingsTest is PoolBase {
    function test_schedule_isInForceAfterTheDelay() external {
        Parameters memory next = _parameters();
        next.toleranceBps = 77;
        uint256 from = block.timestamp + 7 days;
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.ParametersScheduled(1, from, next);
        _schedule(next);
        (uint256 start, Parameters memory pending) = pool.scheduled();
        vm.assertEq(start, from, "from");
        vm.assertEq(pending.toleranceBps, 77, "pending");
        vm.warp(from - 1);
        _assertCurrent(0, 1_000);
        vm.warp(from);
        _assertCurrent(1, 77);
        (start, pending) = pool.scheduled();
        vm.assertEq(start + pending.panel, 0, "nothing is scheduled any more");
        vm.assertEq(pool.parametersAt(0).toleranceBps, 1_000, "the old ones stay for their cases");
        _expectNothingScheduled();
    }

    function test_schedule_replacesWhatIsPending() external {
        Parameters memory next = _parameters();
        next.toleranceBps = 77;
        _schedule(next);
        vm.warp(block.timestamp + 6 days);
        next.toleranceBps = 78;
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.ParametersCancelled(1);
        _schedule(next);
        vm.warp(block.timestamp + 2 days);
        _assertCurrent(0, 1_000);
        vm.warp(block.timestamp + 5 days);
        _assertCurrent(1, 78);
    }

    function test_cancel() external {
        _expectNothingScheduled();
        Parameters memory next = _parameters();
        next.toleranceBps = 77;
        _schedule(next);
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.ParametersCancelled(1);
        vm.prank(CLERK);
        pool.cancelParameters();
        vm.warp(block.timestamp + 8 days);
        _assertCurrent(0, 1_000);
    }

    function _expectNothingScheduled() private {
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.NothingScheduled.selector));
        vm.prank(CLERK);
        pool.cancelParameters();
    }

    function _assertCurrent(uint256 version, uint256 tolerance) private view {
        (uint256 number, Parameters memory current) = pool.parameters();
        vm.assertEq(number, version, "version");
        vm.assertEq(current.toleranceBps, tolerance, "tolerance");
    }

    function _schedule(Parameters memory next) private {
        vm.prank(CLERK);
        pool.scheduleParameters(next);
    }

    function test_runningCaseKeepsItsParameters() external {
        (, bytes32 id) = _opened(ETH);
        Parameters memory next = _parameters();
        (next.panel, next.quorum, next.commitSeconds) = (5, 3, 1 hours);
        _schedule(next);
        vm.warp(block.timestamp + 7 days);
        vm.assertEq(pool.caseOf(id).version, 0, "the version of its opening");
        vm.assertEq(pool.neededSeconds(), SECONDS_NEEDED - 2 * (3 days - 1 hours), "later cases need less time");
    }

    function test_roles() external {
        bytes memory refusal = abi.encodeWithSelector(
            IAccessControl.AccessControlUnauthorizedAccount.selector, address(this), PARAMETER_ROLE
        );
        vm.expectRevert(refusal);
        pool.scheduleParameters(_parameters());
        vm.expectRevert(refusal);
        pool.cancelParameters();
    }

    function test_adminPassesOnWithADelay() external {
        IAccessControlDefaultAdminRules admin = IAccessControlDefaultAdminRules(address(pool));
        admin.beginDefaultAdminTransfer(stranger);
        uint48 from = uint48(block.timestamp + 2 days);
        vm.warp(from);
        vm.expectRevert(
            abi.encodeWithSelector(
                IAccessControlDefaultAdminRules.AccessControlEnforcedDefaultAdminDelay.selector, from
            )
        );
        vm.prank(stranger);
        admin.acceptDefaultAdminTransfer();
        vm.warp(from + 1);
        vm.prank(stranger);
        admin.acceptDefaultAdminTransfer();
        vm.assertEq(admin.defaultAdmin(), stranger, "passed on");
    }

    function test_bounds() external {
        Parameters memory p = _parameters();
        p.panel = 0;
        _refused(p, "panel", 0, 1, 15);
        p.panel = 16;
        _refused(p, "panel", 16, 1, 15);
        p = _parameters();
        p.quorum = 1;
        _refused(p, "quorum", 1, 2, 3);
        p.quorum = 4;
        _refused(p, "quorum", 4, 2, 3);
        p = _parameters();
        p.appealPanel = 3;
        _refused(p, "appealPanel", 3, 4, 31);
        p.appealPanel = 32;
        _refused(p, "appealPanel", 32, 4, 31);
        p = _parameters();
        p.appealQuorum = 3;
        _refused(p, "appealQuorum", 3, 4, 7);
        p.appealQuorum = 8;
        _refused(p, "appealQuorum", 8, 4, 7);
        p = _parameters();
        p.toleranceBps = 5_001;
        _refused(p, "toleranceBps", 5_001, 0, 5_000);
        p = _parameters();
        p.slashBps = 0;
        _refused(p, "slashBps", 0, 1, 5_000);
        p.slashBps = 5_001;
        _refused(p, "slashBps", 5_001, 1, 5_000);
    }

    function test_boundsOfTimesAndMoney() external {
        Parameters memory p = _parameters();
        p.drawSeconds = 1 hours - 1;
        _refused(p, "drawSeconds", 1 hours - 1, 1 hours, 2 days);
        p.drawSeconds = 2 days + 1;
        _refused(p, "drawSeconds", 2 days + 1, 1 hours, 2 days);
        p = _parameters();
        p.commitSeconds = 7 days + 1;
        _refused(p, "commitSeconds", 7 days + 1, 1 hours, 7 days);
        p = _parameters();
        p.revealSeconds = 1 hours - 1;
        _refused(p, "revealSeconds", 1 hours - 1, 1 hours, 7 days);
        p = _parameters();
        p.appealSeconds = 7 days + 1;
        _refused(p, "appealSeconds", 7 days + 1, 1 hours, 7 days);
        p = _parameters();
        p.commitSeconds = p.revealSeconds = 7 days;
        _refused(p, "course", 32 days, 0, 28 days);
        p = _parameters();
        p.bond = 0.001 ether - 1;
        _refused(p, "bond", p.bond, 0.001 ether, 1_000 ether);
        p = _parameters();
        p.appealBond = 1_000 ether + 1;
        _refused(p, "appealBond", p.appealBond, 0.001 ether, 1_000 ether);
        p = _parameters();
        p.caseFee = 0.0001 ether - 1;
        _refused(p, "caseFee", p.caseFee, 0.0001 ether, 10 ether);
        p.caseFee = 10 ether + 1;
        _refused(p, "caseFee", p.caseFee, 0.0001 ether, 10 ether);
    }

    /// @dev 0 blocks ahead would be a block whose builder can see the case already; 1,000 blocks is hours.
    function test_boundsOfDrawBlocks() external {
        _expectDrawBlocksRefused(0);
        this.deployPool(0);
        _expectDrawBlocksRefused(1_001);
        this.deployPool(1_001);
        vm.assertEq(this.deployPool(1).DRAW_BLOCKS(), 1, "least");
        vm.assertEq(this.deployPool(1_000).DRAW_BLOCKS(), 1_000, "most");
    }

    function _expectDrawBlocksRefused(uint256 blocks) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IArbiterPoolErrors.ParameterOutOfRange.selector, bytes32("drawBlocks"), blocks, 1, 1_000
            )
        );
    }

    function test_construction_refusesWhatIsOutOfBounds() external {
        Parameters memory p = _parameters();
        p.panel = 16;
        vm.expectRevert(
            abi.encodeWithSelector(IArbiterPoolErrors.ParameterOutOfRange.selector, bytes32("panel"), 16, 1, 15)
        );
        this.deployPoolWith(DRAW_BLOCKS, p);
    }

    function test_construction_announcesTheFirstParameters() external {
        vm.recordLogs();
        address fresh = address(this.deployPool(DRAW_BLOCKS));
        Log[] memory logs = vm.getRecordedLogs();
        uint256 found;
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] != IArbiterPoolEvents.ParametersScheduled.selector) continue;
            ++found;
            vm.assertEq(logs[i].emitter, fresh, "emitter");
            vm.assertEq(logs[i].topics[1], bytes32(0), "version");
            vm.assertEq(logs[i].data, abi.encode(block.timestamp, _parameters()), "in force now, and all of them");
        }
        vm.assertEq(found, 1, "once");
    }

    function deployPool(uint256 blocks) external returns (IArbiterPool) {
        return deployPoolWith(blocks, _parameters());
    }

    /// @notice Deploys a pool, and passes on what its constructor reverts with.
    function deployPoolWith(uint256 blocks, Parameters memory p) public returns (IArbiterPool deployed) {
        bytes memory arguments = abi.encode(escrow, blocks, uint48(2 days), address(this), p);
        bytes memory code = bytes.concat(vm.getCode("ArbiterPool.sol:ArbiterPool"), arguments);
        assembly ("memory-safe") {
            deployed := create(0, add(code, 0x20), mload(code))
            if iszero(deployed) {
                let data := mload(0x40)
                returndatacopy(data, 0, returndatasize())
                revert(data, returndatasize())
            }
        }
    }

    function _refused(Parameters memory p, bytes32 name, uint256 value, uint256 min, uint256 max) private {
        vm.expectRevert(
            abi.encodeWithSelector(IArbiterPoolErrors.ParameterOutOfRange.selector, name, value, min, max)
        );
        _schedule(p);
    }
}
