// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {Permit2Mock} from "../../contracts/mocks/Permit2Mock.sol";
import {BurningParty, RefusingParty} from "../../contracts/mocks/parties/Receivers.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Rules} from "../../contracts/types/Rules.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {Builders} from "../support/Builders.sol";
import {vm} from "../support/Vm.sol";
import {Deed, Legal, Move, Way} from "./Legal.sol";
import {MoodyToken} from "./Moody.sol";

/// @notice What the campaign knows: people, currencies, deals and what the balances showed of each. It is written by the
/// campaign alone; the contract's own books are only compared with it.
abstract contract Store is Builders {
    /// @dev A deal as seen from outside. A tip counts as received by who signed for it.
    struct Record {
        bytes32 id;
        uint256 buyer;
        uint256 seller;
        DealState state;
        bool ruled;
        bool reviewed;
        uint256 endedAt;
        uint256 paidIn;
        uint256 toBuyer;
        uint256 toSeller;
        /// What the parts released and refunded added up to, fees included.
        uint256 released;
        uint256 refunded;
        /// Fees still to be collected, known once the deal has ended.
        uint256 operatorDue;
        uint256 arbiterDue;
    }

    uint256 internal constant PEOPLE = 8;
    uint256 internal constant CURRENCIES = 3;
    // Two buyers, two sellers: of each the second is a contract that does not take the chain's coin.
    uint256 internal constant ARBITER = 4;
    uint256 internal constant OPERATOR = 5;
    uint256 internal constant RELAYER = 6;
    uint256 internal constant THIEF = 7;

    MoodyToken internal moody;
    address[PEOPLE] internal _people;
    uint256[PEOPLE] internal _keys;
    Terms[] internal _deals;
    Record[] internal _records;
    /// @dev Deals that have not ended, and those that have.
    uint256[] internal _live;
    uint256[] internal _ended;

    /// @dev What everybody has, credits included, by the campaign's own books.
    mapping(address token => uint256[PEOPLE]) internal _worth;
    /// @dev What open deals and waiting fees keep in the escrow, and what was given to it for nothing.
    mapping(address token => uint256) internal _owed;
    mapping(address token => uint256) internal _donated;
    uint256[PEOPLE] internal _reviewCounts;

    uint256 public calls;
    mapping(uint256 move => uint256) public movesDone;
    uint256[3] public waysDone;
    mapping(uint256 deed => uint256) public deedsDone;
    /// @notice Bit `to` of entry `from`: that change of state was seen.
    uint256[11] public seen;
    /// @notice The first promise that was seen broken; empty while all hold.
    string public violation;

    constructor() {
        setUp();
        moody = new MoodyToken();
        vm.etch(PERMIT2, address(new Permit2Mock()).code);
        address shy = address(new RefusingParty(vm.addr(0xB0BE6)));
        address greedy = address(new BurningParty(vm.addr(0x5E11E6)));
        _people = [buyer, shy, seller, greedy, arbiter, operator, vm.addr(0x4E1A7E4), stranger];
        _keys = [BUYER_KEY, 0xB0BE6, SELLER_KEY, 0x5E11E6, ARBITER_KEY, 0, 0x4E1A7E4, STRANGER_KEY];
        for (uint256 k = 0; k < 2; ++k) {
            vm.prank(_people[k]);
            usd.approve(address(escrow), type(uint256).max);
            vm.prank(_people[k]);
            moody.approve(address(escrow), type(uint256).max);
            vm.prank(_people[k]);
            usd.approve(PERMIT2, type(uint256).max);
        }
        for (uint256 c = 0; c < CURRENCIES; ++c) {
            for (uint256 k = 0; k < PEOPLE; ++k) {
                _worth[_currency(c)][k] = _worthNow(_currency(c), k);
            }
        }
    }

    function complain(string memory what) external {
        _must(false, what);
    }

    function _must(bool holds, string memory what) internal {
        if (!holds && bytes(violation).length == 0) violation = what;
    }

    function _did(Deed deed) internal {
        ++deedsDone[uint256(deed)];
    }

    function _currency(uint256 which) internal view returns (address) {
        return which % 3 == 0 ? ETH : which % 3 == 1 ? address(usd) : address(moody);
    }

    function _worthNow(address token, uint256 k) internal view returns (uint256) {
        return _balance(token, _people[k]) + escrow.creditOf(token, _people[k]);
    }

    /* CALLS */

    function _call(address by, uint256 value, bytes memory data) internal returns (bool done) {
        ++calls;
        vm.prank(by);
        (done,) = address(escrow).call{value: value}(data);
    }

    /// @dev A call that must be refused. That nothing moved is seen by the next look at the balances.
    function _refused(address by, bytes memory data, string memory what) internal {
        _must(!_call(by, 0, data), what);
        _did(Deed.Refused);
    }

    function _give(address token, uint256 k, uint256 amount) internal {
        if (token == ETH) vm.deal(_people[k], _people[k].balance + amount);
        else MoodyToken(token).mint(_people[k], amount);
        _worth[token][k] += amount;
    }

    /* BOOKS */

    /// @dev Books what a legal call on deal `i` moved: each gain belongs to one of the parties, or is the tip.
    function _book(uint256 i, uint256 submitter, uint256 tip, bool tipFromBuyer) internal {
        address token = _deals[i].token;
        Record storage record = _records[i];
        for (uint256 k = 0; k < PEOPLE; ++k) {
            uint256 was = _worth[token][k];
            uint256 now_ = _worthNow(token, k);
            if (now_ == was && k != submitter) continue;
            _worth[token][k] = now_;
            if (k == submitter && k > OPERATOR) {
                _must(now_ == was + tip, "I6: who submits gains exactly the tip");
            } else if (now_ < was) {
                _must(k == record.buyer, "I7: only the buyer ever pays");
                record.paidIn += was - now_;
                _owed[token] += was - now_;
            } else {
                _gain(record, token, k, now_ - was);
            }
        }
        if (tip == 0) return;
        _did(Deed.Tip);
        _owed[token] -= tip;
        if (tipFromBuyer) record.toBuyer += tip;
        else record.toSeller += tip;
    }

    function _gain(Record storage record, address token, uint256 k, uint256 amount) private {
        _owed[token] -= amount;
        if (k == record.buyer) record.toBuyer += amount;
        else if (k == record.seller) record.toSeller += amount;
        else _must(amount == 0, "I7: outsiders gain nothing by a move");
    }

    /// @dev Notes the state that a legal call led to, and holds the deal's money against its terms.
    function _settleBooks(uint256 i, uint256 leftBefore) internal {
        Terms memory terms = _deals[i];
        Record storage record = _records[i];
        IEscrow.Deal memory deal = escrow.dealOf(record.id);
        if (deal.state != record.state) {
            seen[uint256(record.state)] |= 1 << uint256(deal.state);
            _must(Legal.leads(record.state, deal.state), "I4: only transitions of the table");
        }
        record.state = deal.state;
        uint256 paidOut = record.toBuyer + record.toSeller;
        _must(record.paidIn <= terms.price && paidOut <= record.paidIn, "I2: no deal pays out more than its price");
        if (Legal.isFinal(deal.state)) return _close(record, terms, leftBefore, deal.ruled);
        uint256 remaining = escrow.remainingOf(terms);
        uint256 withheld = record.paidIn - paidOut - remaining;
        _must(withheld == _operatorFee(terms, record.released), "I5: fees withheld are the operator's of what was released");
        _must(record.released + record.refunded + remaining == record.paidIn, "I2: what is left is what did not leave");
    }

    function _close(Record storage record, Terms memory terms, uint256 left, bool ruled) private {
        uint256 waiting = record.paidIn - record.toBuyer - record.toSeller;
        record.endedAt = block.timestamp;
        record.ruled = ruled;
        record.arbiterDue = ruled ? left * _bps(terms, 16) / 10_000 : 0;
        _must(record.arbiterDue <= waiting, "I5: the arbiter's fee is what its terms say");
        record.operatorDue = waiting - record.arbiterDue;
        uint256 most = _operatorFee(terms, record.toSeller + record.operatorDue);
        _must(record.operatorDue <= most, "I5: the operator's fee is within its share");
        // A settlement is kept as 40 bits of the price, and its fee is reckoned on those.
        uint256 slack = record.state == DealState.Settled ? (terms.price >> 39) + 2 : 0;
        _must(record.operatorDue + slack >= most, "I5: nor is it less");
        _must(escrow.remainingOf(terms) == 0, "I2: nothing is left when it ends");
    }

    function _operatorFee(Terms memory terms, uint256 gross) internal pure returns (uint256) {
        return gross * _bps(terms, 0) / 10_000;
    }

    /// @dev One of the four shares: the operator's, 16 bits further the arbiter's, then the award of a silent one.
    function _bps(Terms memory terms, uint256 shift) internal pure returns (uint256) {
        return uint16(Rules.unwrap(terms.rules) >> shift);
    }
}
