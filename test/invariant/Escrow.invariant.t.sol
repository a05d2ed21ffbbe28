// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {vm} from "../support/Vm.sol";
import {Campaign} from "./Campaign.sol";
import {Deed, Legal, Who} from "./Legal.sol";

/// @notice What the runner calls: each call is a number of steps, and each step at least one call of the contracts.
contract Days {
    uint256 private constant STEPS = 20;

    Campaign private immutable CAMPAIGN;

    constructor(Campaign campaign) {
        CAMPAIGN = campaign;
    }

    /// @notice Mostly buyers and sellers.
    function market(uint256 seed) external {
        _play(seed, [uint256(12), 1, 2, 1, 3, 1]);
    }

    /// @notice The thief is about.
    function night(uint256 seed) external {
        _play(seed, [uint256(8), 1, 1, 1, 8, 1]);
    }

    /// @notice Offers are voided, fees collected, credits withdrawn, reviews written.
    function audit(uint256 seed) external {
        _play(seed, [uint256(8), 1, 7, 1, 2, 1]);
    }

    /// @notice Time passes; deals of every kind are played out.
    function season(uint256 seed) external {
        _play(seed, [uint256(9), 4, 1, 3, 2, 1]);
    }

    /// @param weights Of trading, driving, keeping books, passing time, stealing, opening: 20 in all.
    function _play(uint256 seed, uint256[6] memory weights) private {
        bytes4[6] memory kinds = [
            Campaign.tradeOnce.selector,
            Campaign.drive.selector,
            Campaign.keepBooks.selector,
            Campaign.passTime.selector,
            Campaign.steal.selector,
            Campaign.driveOpening.selector
        ];
        for (uint256 n = 0; n < STEPS; ++n) {
            seed = uint256(keccak256(abi.encode(seed, n)));
            uint256 draw = seed % 20;
            uint256 kind = 0;
            while (draw >= weights[kind]) draw -= weights[kind++];
            (bool done,) = address(CAMPAIGN).call(abi.encodeWithSelector(kinds[kind], seed >> 8));
            // A step that cannot be played is a broken promise too: nothing goes unseen.
            if (!done) CAMPAIGN.complain("campaign: a step could not be played");
        }
        steps += STEPS;
    }

    /// @notice How many steps there were.
    uint256 public steps;
}

/// @notice The promises of IEscrow over long histories. README.md here lists them as sentences.
contract Escrow_invariants {
    /// @dev How often each move must happen in a run.
    uint256 private constant LEAST = 3;

    Campaign private campaign;
    Days private days_;
    address[] private _targets;

    function setUp() public {
        campaign = new Campaign();
        days_ = new Days(campaign);
        _targets = [address(days_)];
    }

    function targetContracts() external view returns (address[] memory) {
        return _targets;
    }

    /// @dev All promises in one function: the runner would otherwise play the whole campaign once for each.
    function invariant_everyPromiseHolds() external view {
        vm.assertEq(campaign.brokenPromise(), "", "promise");
    }

    /// @dev I8: whatever a history led to, waiting and either party alone close each deal, all money goes out, nothing is left.
    function afterInvariant() external {
        _everythingHappened();
        vm.assertEq(campaign.brokenHistory(), "", "history");
        uint256 here = vm.snapshotState();
        _closeAs(Who.Buyer);
        vm.revertToState(here);
        _closeAs(Who.Seller);
    }

    function _closeAs(Who who) private {
        campaign.closeAll(who);
        campaign.emptyOut();
        vm.assertEq(campaign.brokenPromise(), "", "promise at the end");
        vm.assertEq(campaign.brokenHistory(), "", "history at the end");
    }

    /// @dev No campaign counts in which anything was left out.
    function _everythingHappened() private view {
        for (uint256 k = 0; k < Legal.MOVES; ++k) {
            vm.assertGe(campaign.movesDone(k), LEAST, "moves of each kind");
        }
        for (uint256 k = 0; k < 3; ++k) {
            vm.assertGe(campaign.waysDone(k), 20 * LEAST, "moves sent, signed and batched");
        }
        for (uint256 k = 0; k < Legal.DEEDS; ++k) {
            vm.assertGe(campaign.deedsDone(k), 1, "deeds of each kind");
        }
        vm.assertGe(campaign.calls(), 2 * days_.steps(), "two calls of the contracts a step");
    }

}
